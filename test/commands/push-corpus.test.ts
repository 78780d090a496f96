/** Real files of Postman, when they lie beside the project: after a push, nothing is left to do for anybody. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { estateFromFiles } from '../../demo/postman-api/estate.mjs';
import { startPostmanApi } from '../../demo/postman-api/server.mjs';
import { createHttpClient } from '../../src/http/client.ts';
import { isObject } from '../../src/json.ts';
import { createPostmanSource } from '../../src/postman/source.ts';
import { createPostmanTarget } from '../../src/postman/target.ts';
import { corpus, describeCorpus } from '../corpus.ts';
import { createPushStory } from './push-story.ts';

// The largest take minutes, and are of the same few shapes.
const MAX_BYTES = 30_000;

describeCorpus('the loop over the corpus', () => {
  it.each(['json', 'tree'] as const)(
    'is quiet with layout %s',
    async (layout) => {
      const { repository, backUp, push, writes } = await startStory();
      const settings = { layout, workspaces: ['Files'], kinds: ['collections', 'environments'] } as const;
      const edited = new Map<string, string>();
      await backUp(settings);
      await push(settings);
      expect([repository.commits.length, writes()]).toEqual([1, []]);

      for (const [path, text] of repository.files()) {
        const changed = text.replace(/("?method"?: "?)GET\b/, '$1PATCH');
        if (changed !== text && /(collection\.json|request\.yaml)$/.test(path)) {
          edited.set(path, changed);
        }
      }
      repository.push(Object.fromEntries(edited));
      const expected = countEdits(repository.files().values());
      const { outcomes } = await push(settings);

      const collections = new Set(
        [...edited.keys()].map((path) => path.replace(/(\.postman_collection)\/.*/, '$1')),
      );
      expect(collections.size).toBeGreaterThan(20);
      expect(outcomes.filter(({ status }) => status !== 'pushed')).toEqual([]);
      expect(outcomes).toHaveLength(collections.size);
      const { length } = repository.commits;
      const written = writes().length;
      await backUp(settings);
      await push(settings);
      await backUp(settings);
      expect([repository.commits.length, writes().length]).toEqual([length, written]);
      // What had no id before has one now, and of two requests with one name the other may have the shorter path.
      expect(countEdits(repository.files().values())).toBe(expected);
    },
    240_000,
  );
});

function countEdits(texts: Iterable<string>): number {
  return [...texts].reduce((sum, text) => sum + text.split(/method"?: "?PATCH\b/).length - 1, 0);
}

async function startStory() {
  const api = await startPostmanApi({
    estate: estateFromFiles(readCorpus()),
    limits: { enforce: false, headers: 'none' },
  });
  onTestFinished(() => api.close());
  const open = () => {
    const client = createHttpClient({ baseUrl: api.url, headers: { 'x-api-key': api.apiKey } });
    return {
      source: createPostmanSource(client, { region: 'us' }),
      target: createPostmanTarget(client, { region: 'us', patience: { pauses: [0], pollMs: 0, polls: 20 } }),
    };
  };
  return {
    ...createPushStory({ open }),
    writes: () => api.requests.filter(({ method }) => method !== 'GET').map(({ path }) => path),
  };
}

function readCorpus(): readonly object[] {
  const paths = ['collections', 'environments', 'made'].flatMap((kind) =>
    readdirSync(join(corpus, kind))
      .sort()
      .map((file) => join(corpus, kind, file)),
  );
  return paths
    .filter((path) => statSync(path).size < MAX_BYTES)
    .map((path): unknown => JSON.parse(readFileSync(path, 'utf8').replace(/^\ufeff/, '')))
    .filter(isObject);
}
