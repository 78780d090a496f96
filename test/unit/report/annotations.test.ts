import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { annotate } from '../../../src/report/annotations.ts';
import { aBackup, aReport } from './sample-report.ts';

const commit = (id: string, url = `https://gitlab.example/platform/apis/-/commit/${id}`) => ({
  ...{ id, url, title: 'Back up 2 collections' },
});

// What GitLab says of the format (docs.gitlab.com/ci/yaml/artifacts_reports), with the limits of one job.
const link = {
  type: 'object',
  properties: { label: { type: 'string' }, url: { type: 'string', pattern: '^https?://' } },
  required: ['label', 'url'],
  additionalProperties: false,
};
const takenByGitLab = new Ajv().compile({
  type: 'object',
  maxProperties: 20,
  additionalProperties: {
    type: 'array',
    maxItems: 1000,
    items: { type: 'object', properties: { external_link: link }, additionalProperties: false },
  },
});

describe('annotations.json', () => {
  it('links merge requests, then commits, the latest first', () => {
    const mergeRequest = {
      iid: 7,
      url: 'https://gitlab.example/platform/apis/-/merge_requests/7',
      state: 'created',
    } as const;
    const backup = aBackup({ commits: [commit('1'.repeat(40)), commit('2'.repeat(40))], mergeRequest });

    const annotations = annotate(aReport({ backups: [backup] }));

    expect(takenByGitLab(annotations)).toBe(true);
    expect(annotations).toEqual({
      'Postman backup': [
        { external_link: { label: 'Merge request !7 in platform/apis', url: mergeRequest.url } },
        {
          external_link: { label: 'Commit 22222222: Back up 2 collections', url: commit('2'.repeat(40)).url },
        },
        {
          external_link: { label: 'Commit 11111111: Back up 2 collections', url: commit('1'.repeat(40)).url },
        },
      ],
    });
  });

  it('links a commit that several backups share once', () => {
    const backups = ['one', 'two'].map((directory) =>
      aBackup({ directory, commits: [commit('1'.repeat(40))] }),
    );

    expect(annotate(aReport({ backups }))['Postman backup']).toHaveLength(1);
  });

  it('links no merge request that was closed', () => {
    const mergeRequest = { iid: 7, url: 'https://gitlab.example/7', state: 'closed' } as const;

    expect(annotate(aReport({ backups: [aBackup({ mergeRequest })] }))).toEqual({});
  });

  it('is empty when there is nothing to open', () => {
    expect(annotate(aReport({ backups: [aBackup()] }))).toEqual({});
  });

  it.each([
    ...['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '/relative', ''],
    'https://user:pass@gitlab.example/',
    `https://gitlab.example/${'x'.repeat(2000)}`,
  ])('does not link %s', (url) => {
    const mergeRequest = { iid: 1, url, state: 'created' } as const;

    expect(annotate(aReport({ backups: [aBackup({ commits: [commit('1', url)], mergeRequest })] }))).toEqual(
      {},
    );
  });

  it('stays below what GitLab takes, with many commits of long names', () => {
    const long = (index: number) => ({
      ...commit(`${index}`, `https://gitlab.example/${index}/${'%'.repeat(1900)}`),
      title: '💥\n'.repeat(1000),
    });
    const commits = Array.from({ length: 100 }, (_, index) => long(index));

    const annotations = annotate(aReport({ backups: [aBackup({ commits })] }));

    expect(annotations['Postman backup']).toHaveLength(20);
    expect(Buffer.byteLength(JSON.stringify(annotations, null, 2))).toBeLessThan(80_000);
  });
});
