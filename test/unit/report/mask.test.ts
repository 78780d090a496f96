import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMask } from '../../../src/report/mask.ts';

function maskOf(...secrets: (string | undefined)[]) {
  const mask = createMask();
  for (const secret of secrets) {
    mask.add(secret);
  }
  return mask;
}

const secretText = fc.string({ unit: 'binary', minLength: 8 }).filter((text) => text.trim().length >= 8);

describe('the mask', () => {
  it('takes a secret out wherever it stands', () => {
    const mask = maskOf('key-0123456789');
    expect(mask.apply('a key-0123456789 b key-0123456789')).toBe('a [masked] b [masked]');
  });

  it('takes out the URL-encoded forms', () => {
    const mask = maskOf('a b/c?d"e');
    expect(mask.apply('x=a%20b%2Fc%3Fd%22e&y=a%20b/c?d%22e')).toBe('x=[masked]&y=[masked]');
  });

  it('takes out the JSON-escaped form', () => {
    expect(maskOf('quo"te\\d').apply(JSON.stringify({ key: 'quo"te\\d' }))).toBe('{"key":"[masked]"}');
  });

  it('takes out the base64 of the secret alone', () => {
    const secret = 'secret-value';
    expect(maskOf(secret).apply(`Basic ${Buffer.from(secret).toString('base64')}`)).toBe('Basic [masked]');
  });

  it.each(['', 'u', 'us', 'use'])('takes it out of the base64 of "%s:secret:more"', (user) => {
    const secret = 'some-secret-value';
    const header = Buffer.from(`${user}:${secret}:more`).toString('base64');
    const masked = maskOf(secret).apply(header);
    expect(masked).toContain('[masked]');
    expect(Buffer.from(masked.replace('[masked]', ''), 'base64').toString()).not.toContain('secret-val');
    expect(header.length - masked.replace('[masked]', '').length).toBeGreaterThanOrEqual(21);
  });

  it('leaves nothing of two secrets that overlap', () => {
    expect(maskOf('abcdefgh', 'efghijklmn').apply('-abcdefghijklmn-')).toBe('-[masked]-');
  });

  it('leaves nothing of a secret that contains another', () => {
    expect(maskOf('inner', 'the-inner-secret').apply('the-inner-secret')).toBe('[masked]');
  });

  it('ignores undefined, the empty text and less than five characters', () => {
    expect(maskOf(undefined, '', 'abcd').apply('abcd')).toBe('abcd');
  });

  it('finds a secret from a file without the newline at its end', () => {
    expect(maskOf('token-from-file\n').apply('<token-from-file>')).toBe('<[masked]>');
  });

  it('lets no form of any secret survive', () => {
    fc.assert(
      fc.property(secretText, fc.string(), fc.string(), (secret, before, after) => {
        const mask = maskOf(secret);
        const encoded = encodeURIComponent(secret.toWellFormed());
        const escaped = JSON.stringify(secret).slice(1, -1);
        for (const form of [secret, encoded, escaped, Buffer.from(secret).toString('base64')]) {
          expect(mask.apply(before + form + after)).not.toContain(form);
        }
      }),
    );
  });

  it('changes nothing else', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(maskOf('never-in-a-random-text').apply(text)).toBe(text);
      }),
    );
  });
});
