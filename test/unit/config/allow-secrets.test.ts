/** What looks like a secret and is none: `<resource>#<rule or JSON path>`. */
import { describe, expect, it } from 'vitest';
import { loadBackup, problemsOf } from './load-with.ts';

describe('an allowed secret', () => {
  it.each([
    ['Orders#secretlint/*', 'Orders', 'secretlint/*'],
    ['Orders API # postman-key', 'Orders API', 'postman-key'],
    ['Order #7#$.item[0].request.url', 'Order #7', '$.item[0].request.url'],
    ['*#$["a b"].value', '*', '$["a b"].value'],
    ['##x', '#', 'x'],
  ])('is divided at its last #: %s', (entry, resource, what) => {
    expect(loadBackup({ flags: { 'allow-secrets': [entry] } }).allowSecrets).toEqual([{ resource, what }]);
  });

  it('comes from a variable as GitLab writes a list', () => {
    const env = {
      ...{ POSTMAN_API_KEY: 'sample-key', POSTMAN_GITLAB_REPOSITORY: 'x' },
      POSTMAN_GITLAB_ALLOW_SECRETS: ' ["Orders\\#$.variable[0].value", "Refunds#basic"]',
    };
    expect(loadBackup({ env }).allowSecrets).toEqual([
      { resource: 'Orders', what: '$.variable[0].value' },
      { resource: 'Refunds', what: 'basic' },
    ]);
  });

  it.each(['Orders', '#rule', 'Orders#', ' # ', 'Orders# ', ''])('is not %j', (entry) => {
    const file = `defaults: {allow-secrets: [A#b, ${JSON.stringify(entry)}]}`;
    expect(problemsOf({ file })).toEqual([
      '.postman-gitlab.yml:1:33: `allow-secrets` must be of the form <resource>#<rule or JSON path>, both sides given.',
    ]);
  });
});
