/** What stands where a secret belongs, and is evidently none. */
import { describe, expect, it } from 'vitest';
import {
  isReference,
  isStandIn,
  isTemplate,
  placeholder,
} from '../../../../src/snapshot/secrets/placeholder.ts';

describe('a stand-in', () => {
  it.each([
    ...[
      '',
      ' ',
      '{{token}}',
      '{{user}}:{{password}}',
      '<token>',
      '<your api token>',
      '[password]',
      '{token}',
    ],
    ...[
      '$TOKEN',
      '$' + '{token}',
      '$(token)',
      '%TOKEN%',
      '%s',
      '****',
      'abcd****',
      '****1234',
      '…',
      'eyJ…',
      '...',
    ],
    ...['xxxx', 'XXXX-XXXX', 'sk-xxxxxx', 'password', 'YOUR_API_KEY', 'your access token', 'client-secret'],
    ...['[redacted: bearer token]', 'redacted-url-password', '{{user}}:[redacted: secret variable]'],
  ])('is %j', (text) => {
    expect(isStandIn(text)).toBe(true);
  });

  it.each([
    ...['abc', 'x', '$ecret', '{{prefix}}abc', '<a>b', 'password1', 'passw0rd', 'my-own', '!!!', 'k7***Z9'],
    ...['fooxxxxxxbar', '{"a":1}', 'redacted', '[redacted: bearer token]abc', 'a <token>'],
  ])('is not %j', (text) => {
    expect(isStandIn(text)).toBe(false);
  });

  it('is more than a reference to variables', () => {
    expect(['{{a}}', ' {{a}}{{b}} ', '[redacted: cookie]', '<token>', 'password'].map(isReference)).toEqual([
      ...[true, true, true, false, false],
    ]);
  });
});

describe('a placeholder', () => {
  it('says what was there', () => {
    expect(placeholder('bearer token', false)).toBe('[redacted: bearer token]');
  });

  it('has a form that can stand anywhere in a URL', () => {
    expect(placeholder('Postman API key', true)).toBe('redacted-postman-api-key');
  });

  it.each([true, false])('is a stand-in itself, inside a URL: %j', (inUrl) => {
    expect(isStandIn(placeholder('Proxy-Authorization header', inUrl))).toBe(true);
  });
});

it('is no name in a field of its own, where it may be a bad password; a template is one there, too', () => {
  expect(['password', 'token', 'client-secret'].some(isTemplate)).toBe(false);
  expect(['<token>', '****', '{{token}}'].every(isTemplate)).toBe(true);
});
