/** The team that is backed up under faults: 60 resources of every kind in two workspaces, and what a day of work makes of them. */
import {
  addCollection,
  addEnvironment,
  addWorkspace,
  createEstate,
  editCollection,
  editEnvironment,
  findItem,
  removeCollection,
  renameCollection,
} from '../../demo/postman-api/estate.mjs';
import {
  addApi,
  addMock,
  addMonitor,
  addSpec,
  editMock,
  editMonitor,
  editSpec,
  editSpecFile,
  removeSpec,
} from '../../demo/postman-api/estate-kinds.mjs';
import type { Estate, StoredWorkspace } from '../../demo/postman-api/types.d.mts';

/** Small enough that every list that has pages has several. */
export const PAGE_SIZE = 3;

/** In no log, no report and no commit. */
export const SECRET = 'tide-table-1887-canary';

/** @returns the team as it was at the first backup. */
export function teamBefore(): Estate {
  const estate = createEstate({ seed: 'faults' });
  const harbour = addWorkspace(estate, { name: 'Harbour', globals: globalsOf('harbour') });
  const depot = addWorkspace(estate, { name: 'Depot', globals: globalsOf('depot') });
  addWorkspace(estate, { name: 'Drafts', type: 'personal' });
  fill(estate, harbour, { collections: 8, environments: 15, specs: 4, mocks: 4, monitors: 4, apis: 4 });
  fill(estate, depot, { collections: 4, environments: 7, specs: 2, mocks: 2, monitors: 1, apis: 1 });
  return estate;
}

/**
 * @returns the team a day later: some of every kind changed, one edit that the list does not show, a collection and
 * a spec renamed, a collection and a spec gone, one of each new.
 */
export function teamAfter(): Estate {
  const estate = teamBefore();
  const [harbour, depot] = estate.workspaces;
  const [first, hidden, renamed] = estate.collections;
  const [environment] = estate.environments;
  const [longSpec, movedSpec] = estate.specs;
  const [mock] = estate.mocks;
  const [monitor] = estate.monitors;
  if (!harbour || !depot || !first || !hidden || !renamed || !environment) {
    throw new Error('the team is not what it was');
  }
  if (!longSpec || !movedSpec || !mock || !monitor) {
    throw new Error('the team is not what it was');
  }
  harbour.globals = [...harbour.globals, { key: 'berth', value: '12', type: 'default', enabled: true }];
  const edit = (body: Parameters<Parameters<typeof editCollection>[2]>[0]) => {
    findItem(body, 'Step 2')['description'] = 'Twice a day.';
  };
  editCollection(estate, first.uuid, edit);
  editCollection(estate, hidden.uuid, edit, { touch: false });
  renameCollection(estate, renamed.uuid, 'Renamed at noon');
  removeCollection(estate, collectionNamed(estate, 'Harbour collection 8').uuid);
  addCollection(estate, depot.id, collectionBody('Depot collection, new'));
  editEnvironment(estate, environment.uuid, (body) => {
    body.values = [...(body.values ?? []), { key: 'tide', value: 'ebb', type: 'default', enabled: true }];
  });
  editSpecFile(estate, longSpec.uuid, {
    path: 'paths/two.yaml',
    content: 'get: { summary: Two, at noon }\n',
  });
  editSpec(estate, movedSpec.uuid, (spec) => {
    spec.name = 'Spec, renamed at noon';
  });
  removeSpec(estate, specNamed(estate, 'Harbour spec 4').uuid);
  addSpec(estate, depot.id, specOf('Depot spec, new', 2));
  editMock(estate, mock.uuid, (one) => {
    one.config.matchBody = true;
  });
  editMonitor(estate, monitor.uuid, (one) => {
    one.settings.schedule.cron = '0 6 * * *';
  });
  return estate;
}

type Counts = Readonly<
  Record<'collections' | 'environments' | 'specs' | 'mocks' | 'monitors' | 'apis', number>
>;

function fill(estate: Estate, { id, name }: StoredWorkspace, counts: Counts): void {
  const times = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  const uuids = times(counts.collections).map(
    (number) => addCollection(estate, id, collectionBody(`${name} collection ${number}`)).uuid,
  );
  const [collection = ''] = uuids;
  for (const number of times(counts.environments)) {
    addEnvironment(estate, id, {
      name: `${name} environment ${number}`,
      values: [
        { key: 'host', value: `${number}.harbour.example`, type: 'default', enabled: true },
        { key: 'password', value: SECRET, type: 'secret', enabled: true },
      ],
    });
  }
  for (const number of times(counts.specs)) {
    // The first has more files than a page of them shows.
    addSpec(estate, id, specOf(`${name} spec ${number}`, number === 1 ? 4 : 2));
  }
  for (const number of times(counts.mocks)) {
    addMock(estate, id, { name: `${name} mock ${number}`, collection });
  }
  for (const number of times(counts.monitors)) {
    const settings = { schedule: { cron: `0 ${number} * * *`, timezone: 'Europe/Stockholm' } };
    addMonitor(estate, id, { name: `${name} monitor ${number}`, collection, settings });
  }
  for (const number of times(counts.apis)) {
    addApi(estate, id, {
      name: `${name} API ${number}`,
      schemas: [{ type: 'openapi:3', files: filesOf(`${name} API ${number}`, number === 1 ? 4 : 2) }],
      collections: [collectionBody(`${name} API ${number} tests`)],
    });
  }
}

function globalsOf(name: string) {
  return [{ key: 'mail', value: `${name}@harbour.example`, type: 'default', enabled: true }];
}

function collectionBody(name: string) {
  const request = (step: number) => ({
    method: 'GET',
    url: `https://api.harbour.example/${step}`,
    description: `Step ${step} of ${name}.`,
  });
  const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
  const steps = [1, 2, 3, 4, 5, 6].map((step) => ({ name: `Step ${step}`, request: request(step) }));
  return { info: { name, schema }, item: [{ name: 'Folder', item: steps.splice(0, 2) }, ...steps] };
}

function specOf(name: string, files: number) {
  return { name, type: 'OPENAPI:3.0', files: filesOf(name, files) };
}

function filesOf(name: string, count: number) {
  const root = { path: 'openapi.yaml', content: `openapi: 3.0.3\ninfo: { title: ${name} }\n` };
  const others = ['one', 'two', 'three', 'four'].map((number) => ({
    path: `paths/${number}.yaml`,
    content: `get: { summary: ${number} of ${name} }\n`,
  }));
  return [root, ...others.slice(0, count - 1)];
}

function collectionNamed({ collections }: Estate, name: string) {
  const found = collections.find(({ body }) => body.info?.name === name);
  if (found === undefined) {
    throw new Error(`no collection ${name}`);
  }
  return found;
}

function specNamed({ specs }: Estate, name: string) {
  const found = specs.find((spec) => spec.name === name);
  if (found === undefined) {
    throw new Error(`no spec ${name}`);
  }
  return found;
}
