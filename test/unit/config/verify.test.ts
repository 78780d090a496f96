/** What `verify` is asked for: dates and lengths as people write them, what the file names, and a key or none. */
import { describe, expect, it } from 'vitest';
import { loadVerifyConfig } from '../../../src/config/verify.ts';
import { KnownError } from '../../../src/errors.ts';
import { inCi, inputOf } from './load-with.ts';

const now = () => new Date('2026-11-10T12:00:00Z');
const keyed = { ...inCi, POSTMAN_API_KEY: 'sample-key' };

type Asked = readonly [
  flags?: Readonly<Record<string, unknown>>,
  env?: Readonly<Record<string, string>>,
  file?: string,
];

function load(...[flags = {}, env = keyed, file = '']: Asked) {
  return loadVerifyConfig({ ...inputOf({ flags, env, file }), now });
}

function problemOf(...asked: Asked): string {
  try {
    load(...asked);
  } catch (error) {
    return error instanceof KnownError ? `${error.code} ${error.message}` : String(error);
  }
  return '';
}

describe('the moments', () => {
  it.each([
    ['2026-11-01', '2026-11-01T23:59:59.999Z'],
    ['2026-11-01T08:30+01:00', '2026-11-01T07:30:00.000Z'],
  ])('`at` %s is %s', (at, expected) => {
    expect(load({ at }).at?.toISOString()).toBe(expected);
  });

  it.each([
    ['2026-11-01', '2026-11-01T00:00:00.000Z'],
    ['P7D', '2026-11-03T12:00:00.000Z'],
    ['P1W', '2026-11-03T12:00:00.000Z'],
    ['PT90M', '2026-11-10T10:30:00.000Z'],
  ])('`since` %s is %s', (since, expected) => {
    expect(load({ since }).since?.toISOString()).toBe(expected);
  });

  it.each([
    ['26', 26],
    ['P1DT2H', 26],
    ['PT30M', 0.5],
  ])('`max-age` %s is %d hours', (age, hours) => {
    expect(load({ 'max-age': age }).maxAge).toBe(hours * 3_600_000);
  });

  it.each([
    ...['yesterday', '2026-13-01', '2026-02-30', '2026-11-31T08:00Z', '01.11.2026', '2026-11-01T08:00'].map(
      (text) => ['at', text] as const,
    ),
    ...['P', 'PT', 'P1Y', '-P1D', '7'].map((text) => ['since', text] as const),
    ...['P', 'P1M', '1.5', '-1', '26h'].map((text) => ['max-age', text] as const),
  ])('`%s` refuses %s', (name, text) => {
    expect(problemOf({ [name]: text })).toMatch(`CONFIG_INVALID`);
    expect(problemOf({ [name]: text })).toMatch(`--${name}: \`${name}\`: "${text}" is no`);
  });
});

describe('the targets', () => {
  it('are all backups of the default branch, when nobody says anything', () => {
    expect(load().targets).toEqual([
      {
        repository: {
          type: 'git',
          url: 'https://gitlab.example/platform/backups.git',
          jobToken: 'sample-job-token',
          webUrl: 'https://gitlab.example/platform/backups',
        },
        allowSecrets: [],
        postman: { url: 'https://api.postman.com', region: 'us', apiKey: 'sample-key' },
      },
    ]);
  });

  it('are those of the configuration file, each once, with the key of each', () => {
    const file = `
backups:
  - { workspace: A, directory: a, branch: b }
  - { workspace: B, directory: a, branch: b }
  - { workspace: C, directory: c, api-key-variable: KEY_C }
`;
    const { targets } = load({}, { ...keyed, KEY_C: 'sample-key-c' }, file);

    expect(targets).toMatchObject([
      { ref: 'b', directory: 'a', postman: { apiKey: 'sample-key' } },
      { directory: 'c', postman: { apiKey: 'sample-key-c' } },
    ]);
    expect(targets[1]).not.toHaveProperty('ref');
  });

  it('are of the one ref and directory that were given', () => {
    const file = 'backups: [{ workspace: A, directory: a, branch: b }]';

    const { targets } = load({ ref: 'v1', directory: 'x' }, keyed, file);
    expect(targets).toMatchObject([{ ref: 'v1', directory: 'x' }]);
  });

  it('lie in a project that an access token reads, by its full path', () => {
    const env = { ...keyed, GITLAB_TOKEN: 'sample-token' };

    expect(load({ project: 'a/b' }, env).targets[0]?.repository).toMatchObject({
      project: 'a/b',
      token: 'sample-token',
    });
    expect(load({}, env).targets[0]?.repository).toMatchObject({ project: 'platform/backups' });
    expect(problemOf({ project: '99' }, env)).toContain('full path');
  });
});

describe('the key', () => {
  it('may be missing: then nothing is compared', () => {
    expect(load({}, inCi).targets[0]).not.toHaveProperty('postman');
  });

  it('may not be missing in a drill, nor when its variable is named', () => {
    expect(problemOf({ drill: 'true' }, inCi)).toContain('drill needs a Postman API key');
    expect(problemOf({ 'api-key-variable': 'OTHER' }, inCi)).toContain('POSTMAN_KEY_MISSING');
  });

  it('is known to the mask, with all other credentials', () => {
    const env = { ...keyed, GITLAB_TOKEN: 'sample-token' };

    expect([...load({}, env).secrets].sort()).toEqual(['sample-job-token', 'sample-key', 'sample-token']);
  });
});
