/** Names that were chosen to harm, all the way: paths, commit, log, report. None does more than stand there. */
import { execFileSync } from 'node:child_process';
import { posix } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/model.ts';
import { describeCommit } from '../../src/plan/describe-commit.ts';
import { describeReport } from '../../src/report/describe-report.ts';
import { createLog } from '../../src/report/log.ts';
import { createMask } from '../../src/report/mask.ts';
import { renderMarkdown } from '../../src/report/render-markdown.ts';
import { NO_COST, summarize } from '../../src/report/report.ts';
import { collisionKey } from '../../src/snapshot/file-name.ts';
import { createStory, DIRECTORY, MANIFEST } from '../commands/story.ts';
import { CLOSES_AN_ISSUE, HOSTILE_TEXTS, hostileText, SEED, UNPRINTABLE } from './hostile-text.ts';

type Night = Awaited<ReturnType<ReturnType<typeof createStory>['run']>>;
type Shown = { readonly night: Night; readonly log: string; readonly markdown: string };

const TOOL = { dryRun: false, cost: NO_COST, tool: '0.0.0' };
const START = new Date('2026-03-15T00:00:00Z');

/** A night with a collection of each name, in workspaces of those names. */
async function backUp(names: readonly string[], workspaces: readonly string[] = []): Promise<Shown> {
  const story = createStory();
  const others = workspaces.map((name, index) => ({
    id: `f${String(index + 1).padStart(7, '0')}-0000-4000-8000-000000000000`,
    name,
  }));
  for (const [index, name] of names.entries()) {
    const workspace = others[index % Math.max(others.length, 1)];
    story.postman.add(name, workspace === undefined ? {} : { workspace });
  }
  const night = await story.run({ workspaces: [] });
  return { night, ...show(night) };
}

function show({ result, log: during }: Night): { readonly log: string; readonly markdown: string } {
  let log = during;
  const write = (text: string) => {
    log += text;
  };
  const backups = result === undefined ? [] : [result];
  const report = summarize({ ...TOOL, backups, startedAt: START, finishedAt: START });
  createLog({ write, mask: createMask(), sections: true, now: () => START }).info(describeReport(report));
  return { log, markdown: renderMarkdown(report) };
}

function messageOf({ commits }: Night): string {
  return commits[0]?.message ?? '';
}

function pathsOf({ commits }: Night): string[] {
  return [...(commits[0]?.files.keys() ?? [])];
}

function trailersOf(message: string): string[] {
  const parsed = execFileSync('git', ['interpret-trailers', '--parse'], { input: message, encoding: 'utf8' });
  return parsed.trim().split('\n');
}

const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
// What HFS+ and Windows leave out when they look for `.git`.
const IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/gu;

function isSafe(segment: string): boolean {
  return (
    Buffer.byteLength(segment) <= 255 &&
    !UNPRINTABLE.test(segment) &&
    !/[\\:*?"<>|]|[. ]$/.test(segment) &&
    !WINDOWS_DEVICE.test(segment) &&
    !/^(?:\.git|git~\d+)$/i.test(segment.replace(IGNORED, '')) &&
    segment.isWellFormed()
  );
}

function expectSafePaths(paths: readonly string[]): void {
  for (const path of paths) {
    expect(posix.normalize(path), path).toBe(path);
    expect(path.startsWith(`${DIRECTORY}/`), path).toBe(true);
    for (const segment of path.split('/')) {
      expect(path === MANIFEST || isSafe(segment), JSON.stringify(segment)).toBe(true);
    }
  }
  expect(new Set(paths.map(collisionKey)).size).toBe(paths.length);
}

/** What is left of Markdown when its code is taken out: the only place where a name may stand. */
function withoutCode(markdown: string): string {
  return markdown.replace(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)|\(no name\)/g, 'CODE');
}

describe('all hostile names at once', () => {
  let shown: Shown;
  let plain: Shown;

  beforeAll(async () => {
    shown = await backUp(HOSTILE_TEXTS, HOSTILE_TEXTS);
    const names = HOSTILE_TEXTS.map((_, index) => `Name ${index}`);
    plain = await backUp(names, names);
  });

  it('are all backed up, each in a file of its own inside the directory', () => {
    const { night } = shown;
    expect(night.report.exitCode).toBe(0);
    expect(night.result?.outcomes.every(({ status }) => status === 'changed')).toBe(true);
    const paths = pathsOf(night);
    expect(paths).toHaveLength(HOSTILE_TEXTS.length + 1);
    expectSafePaths(paths);
  });

  it('give the commit message no line, no trailer and nothing to act upon', () => {
    const message = messageOf(shown.night);
    expect(message.split('\n')).toHaveLength(messageOf(plain.night).split('\n').length);
    expect(message.replaceAll('\n', '')).not.toMatch(UNPRINTABLE);
    expect(message.replace('\n[skip ci]\n', '')).not.toMatch(/\[(?:ci[ _-]skip|skip[ _-]ci)\]/i);
    expect(message).not.toMatch(CLOSES_AN_ISSUE);
    const trailers = trailersOf(message);
    expect(trailers.filter((line) => !line.startsWith('Postman-Workspace: '))).toEqual(['Backup-Run: 77-1']);
    expect(trailers).toHaveLength(HOSTILE_TEXTS.length + 2);
  });

  it('give the log no line and nothing to act upon', () => {
    expect(shown.log.split('\n')).toHaveLength(plain.log.split('\n').length);
    expect(shown.log.replaceAll('\n', '')).not.toMatch(UNPRINTABLE);
    for (const line of shown.log.split('\n')) {
      expect(line).not.toMatch(/^(?:✖|!|section_)/);
    }
  });

  it('stand in Markdown as code and nothing else', () => {
    expect(shown.markdown.split('\n')).toHaveLength(plain.markdown.split('\n').length);
    const scaffold = withoutCode(shown.markdown).replace(/<\/?(?:details|summary)>/g, '');
    expect(scaffold).toBe(withoutCode(plain.markdown).replace(/<\/?(?:details|summary)>/g, ''));
    expect(scaffold).not.toMatch(/[<[$@]/);
  });
});

describe('any names', () => {
  it('keep to the directory, to their line and to their place', async () => {
    const names = fc.array(hostileText, { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(names, names, async (some, workspaces) => {
        const { night, log, markdown } = await backUp(some, workspaces);
        expect(night.report.exitCode).toBe(0);
        expectSafePaths(pathsOf(night));
        const message = messageOf(night);
        const trailers = trailersOf(message);
        expect(trailers.filter((line) => !line.startsWith('Postman-Workspace: '))).toHaveLength(1);
        expect(`${message}${log}`.replaceAll('\n', '')).not.toMatch(UNPRINTABLE);
        expect(withoutCode(markdown)).not.toMatch(/[<[$@]/);
      }),
      { seed: SEED, numRuns: 150 },
    );
  });

  it('make no second commit', async () => {
    const story = createStory();
    for (const name of HOSTILE_TEXTS) {
      story.postman.add(name);
    }
    await story.run();
    expect((await story.run({ changes: 'full' })).commits).toEqual([]);
  });

  it('do not vanish because two others look like the ends of a private key', async () => {
    const ends = ['BEGIN', 'END'].map((end) => ['-----', end, ' RSA PRIVATE KEY', '-----'].join(''));
    const { night } = await backUp([ends[0] ?? '', 'Orders', 'Ledger', 'MIIEpAIBAAKCAQEA', ends[1] ?? '']);
    expect(night.result?.outcomes.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Orders', 'Ledger']),
    );
  });

  it('may be an id that JavaScript knows: it is in the manifest, and the next run is quiet', async () => {
    const story = createStory();
    const odd = story.postman.add('Odd', { uuid: 'constructor' });
    story.postman.add('Even');
    await story.run();
    const second = await story.run({ changes: 'full' });
    expect(second.commits).toEqual([]);
    expect(second.outcomeOf(odd)?.status).toBe('unchanged');
  });
});

describe('a commit message', () => {
  const outcome = (name: string): Outcome => ({
    kind: 'collections',
    uuid: 'a',
    name,
    workspace: 'Payments',
    path: `${name}.json`,
    status: 'changed',
    changes: ['renamed'],
    previous: `Old ${name}.json`,
  });
  const messageWith = (
    names: readonly string[],
    workspaces: readonly string[] = ['Payments'],
    runId = '77-1',
  ) =>
    describeCommit({
      ...{ outcomes: names.map(outcome), failed: 0, runId, prefix: '', skipCi: false },
      workspaces: workspaces.map((name, index) => ({ id: `w-${index}`, name })),
    });

  // https://docs.gitlab.com/user/project/issues/managing_issues/#default-closing-pattern
  it.each([
    'Fixes #12',
    'Closes group/project#3',
    'Closes https://gitlab.example/group/project/-/issues/12',
    'Implements: issue https://gitlab.example/group/project/issues/12',
    'Resolves OPS-7',
  ])('closes no issue, in no tracker, whatever a collection is called: %s', (name) => {
    expect(messageWith([name])).not.toMatch(CLOSES_AN_ISSUE);
    expect(messageWith(['x'], [name])).not.toMatch(CLOSES_AN_ISSUE);
  });

  it('stays below the 1 MiB that GitLab shows, whatever the names and however many workspaces', () => {
    const long = '界'.repeat(300);
    const workspaces = Array.from({ length: 3_000 }, () => long);
    const message = messageWith(
      Array.from({ length: 3_000 }, () => long),
      workspaces,
    );
    expect(Buffer.byteLength(message)).toBeLessThan(1024 * 1024);
  });

  it('takes no trailer from the id of the job, which a variable of the project may overlay', () => {
    const message = messageWith(['Orders'], ['Payments'], '1\nSigned-off-by: Eve <eve@example.com>-1');
    expect(trailersOf(message).map((line) => line.split(':')[0])).toEqual([
      'Postman-Workspace',
      'Backup-Run',
    ]);
  });
});
