/** Real files of Postman, when they lie beside the project: backed up, served again, backed up again. */
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { estateFromFiles } from '../../demo/postman-api/estate.mjs';
import { startPostmanApi } from '../../demo/postman-api/server.mjs';
import type { Estate } from '../../demo/postman-api/types.d.mts';
import { describeCorpus, parseCorpusFile, readCorpus } from '../corpus.ts';
import { readFiles } from '../loopback/gitlab/read-files.ts';
import { requestsInNewman } from './newman.ts';
import { atEnd, makeFolder, run } from './program.ts';

type Files = ReadonlyMap<string, Buffer>;

describeCorpus('the corpus of real files', () => {
  let originals: readonly object[];
  let estate: Estate;
  let folder: string;
  let first: Files;

  beforeAll(async () => {
    folder = await makeFolder();
    originals = await readCorpus();
    estate = estateFromFiles(originals);
    expect(await backUp(estate, 'first.git')).toBe('changed');
    first = await filesOf('first.git');
  }, 120_000);

  it('has a file for each of them', () => {
    expect(originals.length).toBeGreaterThan(0);
    expect(first.size).toBe(originals.length + 1);
  });

  it('makes no commit when Postman gives the same with its keys in another order', async () => {
    expect(await backUp(estate, 'first.git', withKeysReversed)).toBe('unchanged');
  });

  it('comes back byte by byte from a Postman that was given the files', async () => {
    const files = [...first].filter(([path]) => !path.endsWith('/.postman-gitlab.json'));
    const restored = estateFromFiles(files.map(([, content]) => JSON.parse(content.toString())));
    await backUp(restored, 'second.git');
    const second = await filesOf('second.git');

    expect([...second.keys()].sort()).toEqual([...first.keys()].sort());
    for (const [path, content] of files) {
      expect(second.get(path)?.equals(content), path).toBe(true);
    }
  });

  it('holds the same requests for Newman wherever the original loads', async () => {
    const bodies = new Map(
      [...first.values()].map((content) => [idOf(parseCorpusFile(content)), parseCorpusFile(content)]),
    );
    let loaded = 0;
    for (const { uuid, body } of estate.collections) {
      if (!isRecord(body.info)) {
        continue;
      }
      const original = await requestsInNewman(body);
      if (original === undefined) {
        continue;
      }
      expect(await requestsInNewman(bodies.get(uuid) ?? {}), String(body.info['name'])).toEqual(original);
      loaded += 1;
    }
    expect(loaded).toBeGreaterThan(0);
  }, 120_000);

  async function backUp(
    of: Estate,
    repository: string,
    rewrite = (json: unknown) => json,
  ): Promise<string | undefined> {
    const api = await startPostmanApi({ estate: of, limits: { enforce: false } });
    atEnd(() => api.close());
    api.onRequest(() => ({ rewrite }));
    const flags = [
      '--workspace',
      'Files',
      '--secrets',
      'keep',
      '--changes',
      'full',
      '--repository',
      repository,
    ];
    const env = { POSTMAN_API_KEY: api.apiKey, POSTMAN_API_URL: api.url };
    const { exitCode, stderr, report } = await run(['backup', ...flags], { folder, env });
    expect(exitCode, stderr).toBe(0);
    return report?.status;
  }

  async function filesOf(repository: string): Promise<Files> {
    return readFiles('HEAD', join(folder, repository));
  }
});

function withKeysReversed(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withKeysReversed);
  }
  if (!isRecord(value)) {
    return value;
  }
  const entries = Object.entries(value).map(([key, one]) => [key, withKeysReversed(one)] as const);
  return Object.fromEntries(entries.reverse());
}

function idOf(body: unknown): unknown {
  if (!isRecord(body)) {
    return undefined;
  }
  return isRecord(body['info']) ? body['info']['_postman_id'] : body['id'];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
