/** Real files of Postman, when they lie beside the project: backed up, restored into another team, and compared. */
import { expect, it } from 'vitest';
import { addWorkspace, createEstate, estateFromFiles } from '../../demo/postman-api/estate.mjs';
import { startPostmanApi } from '../../demo/postman-api/server.mjs';
import type { Estate, PostmanApi } from '../../demo/postman-api/types.d.mts';
import { isObject, type JsonObject } from '../../src/json.ts';
import type { RestoreReport } from '../../src/report/restore-report.ts';
import type { StepResult } from '../../src/restore-step.ts';
import { normalizeResource } from '../../src/snapshot/render.ts';
import { serialize } from '../../src/snapshot/serialize.ts';
import { describeCorpus, readCorpus } from '../corpus.ts';
import { atEnd, makeFolder, run } from './program.ts';

describeCorpus('the corpus of real files', () => {
  it.each(['json', 'tree'])(
    'comes back whole into another team, out of the layout %s',
    async (layout) => {
      const original = estateFromFiles(await readCorpus());
      const empty = createEstate({ seed: 'restored' });
      addWorkspace(empty, { name: 'Restored' });
      const [from, to] = [await start(original), await start(empty)];
      const folder = await makeFolder();
      const repository = ['--repository', 'backup.git'];
      const backedUp = await run(
        ['backup', '--workspace', 'Files', '--layout', layout, '--secrets', 'keep', ...repository],
        { folder, env: envOf(from) },
      );
      expect(backedUp.exitCode, backedUp.stderr).toBe(0);
      const restore = async (api: PostmanApi, ...flags: readonly string[]) => {
        const finished = await run(['restore', '--json', ...repository, ...flags], {
          folder,
          env: envOf(api),
        });
        return { ...finished, report: JSON.parse(finished.stdout) as RestoreReport };
      };

      const { report, stderr } = await restore(to, '--to-workspace', 'Restored', '--yes');
      const done = report.steps.filter(({ outcome }) => outcome === 'done');
      expect(report.status, stderr).toBe('restored');
      expect(report.steps.filter(isTold)).toEqual([]);
      for (const step of done) {
        expect(copyIn(empty, step), step.name).toBe(originalIn(original, step));
      }
      expect(done.length).toBeGreaterThan(100);

      const again = await restore(to, '--to-workspace', 'Restored');
      expect(again.report.steps.filter(({ action }) => action !== 'leave' && action !== 'skip')).toEqual([]);
      const inPlace = await restore(from, '--in-place');
      expect(inPlace.report.steps.filter(({ action }) => action !== 'leave')).toEqual([]);
    },
    300_000,
  );
});

async function start(estate: Estate): Promise<PostmanApi> {
  const api = await startPostmanApi({ estate, limits: { enforce: false } });
  atEnd(() => api.close());
  return api;
}

function envOf({ apiKey, url }: PostmanApi) {
  return { POSTMAN_API_KEY: apiKey, POSTMAN_API_URL: url };
}

/** What is neither restored nor known not to be restorable. */
function isTold({ outcome, action, note }: StepResult): boolean {
  return outcome !== 'done' && !(action === 'skip' && note?.includes('format') === true);
}

function originalIn(estate: Estate, { kind, uuid }: StepResult): string {
  const all = [...estate.collections, ...estate.environments];
  return comparable(kind, all.find((one) => one.uuid === uuid)?.body);
}

function copyIn(estate: Estate, { kind, as }: StepResult): string {
  const all = [...estate.collections, ...estate.environments];
  const named = all.filter(
    ({ body }) => (isObject(body['info']) ? body['info']['name'] : body['name']) === as,
  );
  expect(named).toHaveLength(1);
  return comparable(kind, named[0]?.body);
}

/** All but ids, the name, and the nulls that Postman refuses. */
function comparable(kind: StepResult['kind'], body: unknown): string {
  const uuid = '00000000-0000-4000-8000-000000000000';
  const { info, name: _name, ...rest } = normalizeResource({ kind, uuid, name: '' }, withoutIds(body));
  const named: JsonObject = isObject(info) ? { info: { ...info, name: '' }, ...rest } : rest;
  return serialize(named).content.toString();
}

function withoutIds(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    return value.map((one) => withoutIds(one, key));
  }
  if (!isObject(value) || key === 'value') {
    return value;
  }
  const nullable = new Set(['responseTime', 'header', 'description']);
  const entries = Object.entries(value)
    .filter(
      ([name, one]) => !['id', 'uid', '_postman_id'].includes(name) && !(one === null && nullable.has(name)),
    )
    .map(([name, one]) => [name, withoutIds(one, name)]);
  return Object.fromEntries(entries);
}
