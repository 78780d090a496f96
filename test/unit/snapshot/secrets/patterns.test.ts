/** Secrets that show by their form, wherever they stand. */
import { describe, expect, it } from 'vitest';
import {
  AWS_SECRET_KEY,
  foundIn,
  GITHUB_TOKEN,
  POSTMAN_KEY,
  PRIVATE_KEY_LINES,
  redact,
  redactedValue,
  SLACK_TOKEN,
} from './redacting.ts';

const PRIVATE_KEY = PRIVATE_KEY_LINES.join('\n');

describe("secretlint's rules", () => {
  it('look into scripts, bodies, saved responses and descriptions', async () => {
    const collection = {
      info: { description: `Use ${GITHUB_TOKEN}.` },
      item: [
        {
          event: [{ listen: 'test', script: { exec: ['// test', `send("${SLACK_TOKEN}");`] } }],
          request: { body: { mode: 'raw', raw: `{"AWS_SECRET_ACCESS_KEY": "${AWS_SECRET_KEY}"}` } },
          response: [{ body: JSON.stringify({ key: PRIVATE_KEY }) }],
        },
      ],
    };
    expect(await redact(collection)).toMatchObject({
      value: {
        info: { description: 'Use [redacted: github credential].' },
        item: [
          {
            event: [{ script: { exec: ['// test', 'send("[redacted: slack credential]");'] } }],
            request: { body: { raw: '{"AWS_SECRET_ACCESS_KEY": "[redacted: aws credential]"}' } },
            response: [{ body: '{"key":"[redacted: privatekey credential]"}' }],
          },
        ],
      },
      findings: [
        { rule: 'secretlint/github', path: '$.info.description' },
        { rule: 'secretlint/slack', path: '$.item[0].event[0].script.exec[1]' },
        { rule: 'secretlint/aws', path: '$.item[0].request.body.raw' },
        { rule: 'secretlint/privatekey', path: '$.item[0].response[0].body' },
      ],
    });
  });

  it('look into files of specs', async () => {
    const yaml = `openapi: 3.1.0\nx-key: |\n  ${PRIVATE_KEY_LINES.join('\n  ')}\n`;
    expect(await redactedValue({ files: [{ path: 'index.yaml', content: yaml }] })).toEqual({
      files: [
        {
          path: 'index.yaml',
          content: 'openapi: 3.1.0\nx-key: |\n  [redacted: privatekey credential]\n',
        },
      ],
    });
  });

  it('find a private key that spans the lines of a script, which keeps its lines', async () => {
    const [first = '', ...rest] = PRIVATE_KEY_LINES;
    const last = rest.pop() ?? '';
    const script = { exec: [`const key = \`${first}`, ...rest, `${last}\`;`, 'sign(key);'] };
    const { value, findings } = await redact({ script });
    expect(value).toEqual({
      script: {
        exec: ['const key = `[redacted: privatekey credential]', '', '', '', '`;', 'sign(key);'],
      },
    });
    expect(findings).toEqual([{ rule: 'secretlint/privatekey', path: '$.script.exec[0]' }]);
  });

  it('do not match across two strings', async () => {
    const [first, ...rest] = PRIVATE_KEY_LINES;
    expect(await foundIn({ a: first, b: rest.join('\n') })).toEqual([]);
    expect(await foundIn({ a: 'AWS_SECRET_ACCESS_KEY =   ', b: AWS_SECRET_KEY })).toEqual([]);
  });

  it('are not switched off by a comment in a script', async () => {
    const comment = ['secretlint', 'disable'].join('-');
    expect(await foundIn({ a: `// ${comment}`, exec: [`// ${comment}`, GITHUB_TOKEN] })).toEqual([
      'secretlint/github $.exec[1]',
    ]);
  });

  it('leave the server of a webhook, and take its path wherever it is kept in parts', async () => {
    const [team, channel, secret] = ['T0123ABCD', 'B0123ABCD', 'abCD12efGH34ijKL56'];
    const raw = `https://hooks.slack.com/services/${team}/${channel}/${secret}`;
    const path = ['services', team, channel, secret];
    expect(JSON.stringify(await redactedValue({ url: { raw, path } }))).not.toContain(secret);
    expect(await redactedValue({ url: raw })).toEqual({
      url: 'https://hooks.slack.com/redacted-slack-credential',
    });
  });

  it('find what lies beyond the first megabyte, and across its border', async () => {
    for (const before of [999_950, 1_000_000, 3_500_000]) {
      const body = `${'lorem ipsum '.repeat(before / 12)}${GITHUB_TOKEN} ${'dolor '.repeat(10)}`;
      const { value, findings } = await redact({ body });
      expect(findings).toEqual([{ rule: 'secretlint/github', path: '$.body' }]);
      expect(value).toEqual({ body: body.replace(GITHUB_TOKEN, '[redacted: github credential]') });
    }
  });

  it('find what lies in one of very many strings', async () => {
    const texts = Array.from({ length: 30_000 }, (_, index) => ({
      text: `This is the text number ${index}.`,
    }));
    texts[25_000] = { text: `It is ${GITHUB_TOKEN}` };
    expect(await foundIn(texts)).toEqual(['secretlint/github $[25000].text']);
  });
});

describe("Postman's own keys", () => {
  it('are found anywhere', async () => {
    const accessKey = `PMAT-${'01AB'.repeat(6)}XY`;
    expect(await redactedValue({ a: `key: ${POSTMAN_KEY}.`, b: accessKey })).toEqual({
      a: 'key: [redacted: Postman API key].',
      b: '[redacted: Postman API key]',
    });
  });

  it('leave a URL in which they stood a URL', async () => {
    const url = `https://api.example/collections/1?foo=${POSTMAN_KEY}`;
    const redacted = 'https://api.example/collections/1?foo=redacted-postman-api-key';
    expect(await redactedValue({ url, text: `see ${url}!` })).toEqual({
      url: redacted,
      text: `see ${redacted}!`,
    });
  });

  it.each(['PMAK-', 'PMAK-xxxx-yyyy', `PMAK-${'0'.repeat(24)}`, 'PMAT-short'])('are not %s', async (text) => {
    expect(await foundIn({ text })).toEqual([]);
  });
});
