/** One workspace, one branch, and both commands between them: `backUp()` and `push()`. */
import { posix } from 'node:path';
import { backup } from '../../src/commands/backup.ts';
import { push } from '../../src/commands/push.ts';
import type { ReadPast } from '../../src/commands/read-past.ts';
import type { BackupConfig } from '../../src/config/config.ts';
import type { Tree } from '../../src/model.ts';
import { filesAt, objectIdAt } from '../../src/plan/tree-content.ts';
import type { PushResult } from '../../src/report/push-report.ts';
import { parseManifest } from '../../src/snapshot/manifest.ts';
import { blobId, createFakeRepository, type FakeRepository } from './fake-repository.ts';
import { createFakeTeam, type FakeTeam } from './pushed-team.ts';
import { DEFAULTS, DIRECTORY, MANIFEST, toolsFor } from './story.ts';

export type PushStory = {
  readonly team: FakeTeam;
  readonly repository: FakeRepository;
  backUp(settings?: Partial<BackupConfig>): Promise<void>;
  /** @param options.of the commit that was pushed, by its number; otherwise the head. */
  push(
    settings?: Partial<BackupConfig> & { readonly dryRun?: boolean; readonly of?: number },
  ): Promise<PushResult>;
  /** Somebody's commit that changes one file of the directory. */
  edit(name: string, change: (text: string) => string | undefined): void;
};

const SETTINGS: BackupConfig = { ...DEFAULTS, kinds: ['collections', 'environments', 'globals', 'specs'] };

/** @param shared what another story has already. */
export function createPushStory(
  shared: Partial<Pick<PushStory, 'team' | 'repository'>> & {
    /** Opens both for one run; otherwise they are those of the team. */
    readonly open?: () => Pick<FakeTeam, 'source' | 'target'>;
  } = {},
): PushStory {
  const { team = createFakeTeam(), repository = createFakeRepository(), open = () => team } = shared;
  return {
    team,
    repository,
    async backUp(settings = {}) {
      const part = {
        settings: { ...SETTINGS, ...settings },
        source: open().source,
        onResult: () => undefined,
        onFailure: (error: unknown) => {
          throw error;
        },
      };
      await backup([part], toolsFor(repository));
    },
    async push({ dryRun = false, of, ...settings } = {}) {
      const results: PushResult[] = [];
      const { source, target } = open();
      const part = {
        settings: { ...SETTINGS, ...settings },
        source,
        target,
        repository,
        readPast: readPast(repository),
        onResult: (result: PushResult) => results.push(result),
        ...(of === undefined
          ? {}
          : { readCommit: async () => treeOf(repository.commits[of]?.files ?? new Map()) }),
      };
      await push(part, { ...toolsFor(repository), dryRun });
      const [result] = results;
      if (result === undefined) {
        throw new Error('A push says what became of it.');
      }
      return result;
    },
    edit(name, change) {
      const path = `${DIRECTORY}/${name}`;
      repository.push({ [path]: change(repository.files().get(path) ?? '') });
    },
  };
}

function readPast({ commits }: FakeRepository): ReadPast {
  return async (key) => {
    for (const { files } of commits.toReversed()) {
      const tree = treeOf(files);
      const entry = parseManifest(Buffer.from(files.get(MANIFEST) ?? ''), DIRECTORY)?.get(key);
      if (entry !== undefined && objectIdAt(tree, entry.path) === entry.id) {
        const paths = [...filesAt(tree, entry.path).keys()];
        return new Map(paths.map((one) => [one, Buffer.from(files.get(posix.join(entry.path, one)) ?? '')]));
      }
    }
    return undefined;
  };
}

function treeOf(files: ReadonlyMap<string, string>): Tree {
  return { files: new Map([...files].map(([file, text]) => [file, blobId(text)])) };
}

export const ORDERS = {
  info: { name: 'Orders', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  item: [
    { name: 'List orders', request: { method: 'GET', url: 'https://api.example/orders' }, response: [] },
    { name: 'Create order', request: { method: 'POST', url: 'https://api.example/orders' }, response: [] },
  ],
};

export const PRODUCTION = {
  name: 'Production',
  values: [
    { key: 'host', value: 'api.example', enabled: true },
    { key: 'token', value: 'c0ffee-5ecret-9f3a7b', type: 'secret', enabled: true },
  ],
};
