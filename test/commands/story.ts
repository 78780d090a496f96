/** One team, one branch and the command between them: `run()` is one night's backup. */
import { expect } from 'vitest';
import { backup } from '../../src/commands/backup.ts';
import type { BackupPart, BackupTools } from '../../src/commands/backup-input.ts';
import { createBudget } from '../../src/commands/budget.ts';
import { createComparisons } from '../../src/commands/compare-batch.ts';
import type { BackupConfig } from '../../src/config/config.ts';
import type { Outcome, ResourceKey } from '../../src/model.ts';
import { createLog } from '../../src/report/log.ts';
import { createMask } from '../../src/report/mask.ts';
import type { Progress } from '../../src/report/progress.ts';
import { type BackupResult, NO_COST, type Report, summarize } from '../../src/report/report.ts';
import { createFakePostman, type FakePostman, type Resource } from './fake-postman.ts';
import { blobId, createFakeRepository, type FakeRepository } from './fake-repository.ts';

export const DIRECTORY = 'Postman Collections';
export const MANIFEST = `${DIRECTORY}/.postman-gitlab.json`;

type Night = {
  /** Absent when the run ended before anything was known. */
  readonly result: BackupResult | undefined;
  readonly report: Report;
  readonly log: string;
  /** Names of the resources whose bodies were asked for. */
  readonly fetched: readonly string[];
  /** Commits that this run made. */
  readonly commits: FakeRepository['commits'];
  outcomeOf(resource: Resource): Outcome | undefined;
};

export type Story = {
  readonly postman: FakePostman;
  readonly repository: FakeRepository;
  run(settings?: NightSettings, extras?: NightExtras): Promise<Night>;
};

type NightSettings = Partial<BackupConfig> & {
  readonly dryRun?: boolean;
  readonly recheckBudget?: number;
};

type NightExtras = {
  readonly verifiedAt?: ReadonlyMap<ResourceKey, string>;
  readonly progress?: Progress;
  readonly seed?: string;
  /** Changed by somebody else while the run was under way: the manifest is right again the next night. */
  readonly drifted?: string;
};

const startedAt = new Date(Date.UTC(2026, 2, 15));

/** What a run needs besides its settings; nothing is shown, waited for or kept. */
export function toolsFor(
  repository: FakeRepository,
  write: (text: string) => void = () => undefined,
): BackupTools {
  const now = () => startedAt;
  const secrets = new Set<string>();
  return {
    repository,
    dryRun: false,
    budget: createBudget(200, 1),
    removals: { made: 0 },
    comparisons: createComparisons(),
    progress: SILENT,
    pauseMs: () => 0,
    now,
    runId: 'seed',
    nextRunId: () => `77-${repository.commits.length + 1}`,
    onSecret: (value) => {
      secrets.add(value);
    },
    maskText: (text) => [...secrets].reduce((masked, secret) => masked.replaceAll(secret, '[masked]'), text),
    log: createLog({ write, mask: createMask(), sections: false, now }),
  };
}

const SILENT: Progress = { start: () => undefined, step: () => undefined, stop: () => undefined };

/** @param shared what another story has already. */
export function createStory(shared: Partial<Pick<Story, 'postman' | 'repository'>> = {}): Story {
  const { postman = createFakePostman(), repository = createFakeRepository() } = shared;

  async function run(
    { dryRun = false, recheckBudget = 200, ...settings }: NightSettings = {},
    extras: NightExtras = {},
  ): Promise<Night> {
    let log = '';
    let result: BackupResult | undefined;
    let error: unknown;
    const { fetched } = postman;
    fetched.length = 0;
    const before = repository.commits.length;
    const write = (text: string) => {
      log += text;
    };
    try {
      const part: BackupPart = {
        settings: { ...DEFAULTS, ...settings },
        source: postman.source,
        ...(extras.verifiedAt === undefined ? {} : { verifiedAt: extras.verifiedAt }),
        onResult: (given) => {
          result = given;
        },
        onFailure: (failure) => {
          error = failure;
        },
      };
      const tools = toolsFor(repository, write);
      const { progress = tools.progress, seed: runId = tools.runId } = extras;
      const budget = createBudget(recheckBudget, 1);
      await backup([part], { ...tools, dryRun, progress, runId, budget });
    } catch (thrown) {
      error = thrown;
    }
    const facts = { dryRun, cost: NO_COST, tool: '0.0.0' };
    const backups = result === undefined ? [] : [result];
    const commits = repository.commits.slice(before).filter(({ plan }) => plan !== undefined);
    for (const { files } of commits) {
      expectWhole(files, extras.drifted);
    }
    return {
      ...{ result, log, commits },
      fetched: fetched.map((uuid) => postman.resources.find((one) => one.uuid === uuid)?.name ?? uuid),
      report: summarize({ ...facts, backups, startedAt, finishedAt: startedAt, error }),
      outcomeOf: ({ uuid }) => result?.outcomes.find((one) => one.uuid === uuid),
    };
  }

  return { postman, repository, run };
}

export const DEFAULTS: BackupConfig = {
  ...{ workspaces: ['Payments'], collection: [], exclude: [], kinds: ['collections', 'environments'] },
  ...{
    destination: { type: 'git', url: '/nowhere' },
    directory: DIRECTORY,
    layout: 'json',
    changes: 'auto',
    removed: 'keep',
  },
  ...{ secrets: 'redact', allowSecrets: [], skipCi: true, commitPrefix: '' },
  target: 'the branch',
  postman: { url: 'http://nowhere', apiKey: 'none', region: 'us' },
};

type ManifestFile = {
  readonly resources: Readonly<Record<string, Readonly<Record<string, { path: string; id: string }>>>>;
};

export function manifestEntries(files: ReadonlyMap<string, string>): readonly { path: string; id: string }[] {
  const manifest = JSON.parse(files.get(MANIFEST) ?? '{"resources":{}}') as ManifestFile;
  return Object.values(manifest.resources).flatMap((kind) => Object.values(kind));
}

/** After each commit the manifest names each file of the backup by its id, and no file that is not there. */
function expectWhole(files: ReadonlyMap<string, string>, drifted: string | undefined): void {
  for (const { path, id } of manifestEntries(files)) {
    const isFolder = /\.(spec|postman_collection)$/.test(path);
    if (path !== drifted && !isFolder) {
      expect(blobId(files.get(path) ?? ''), path).toBe(id);
    }
  }
}

export function pathOf(name: string): string {
  return `${DIRECTORY}/${name}.postman_collection.json`;
}
