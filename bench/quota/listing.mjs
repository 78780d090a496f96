/** Counts the calls that every run makes before it fetches anything: the real lists of an estate of that size. */
import { addCollection, addEnvironment, addWorkspace, createEstate } from '../../demo/postman-api/estate.mjs';
import { startPostmanApi } from '../../demo/postman-api/server.mjs';

const RESOURCES_IN_A_WORKSPACE = 50;
// Four collections and their environment.
const COLLECTIONS_IN_FIVE = 4;

/**
 * @param {Pick<import('./decisions.mjs').Program, 'createPostmanSource' | 'resolveKinds'>} program
 * @param {number} resources
 * @returns {Promise<{ workspaces: number, calls: number }>} `calls`: the lists, each workspace, and `GET /me`.
 */
export async function countListing({ createPostmanSource, resolveKinds }, resources) {
  const estate = createEstateOf(resources);
  const api = await startPostmanApi({ estate, limits: { enforce: false } });
  try {
    const source = createPostmanSource(clientOf(api), { region: 'us' });
    const { listings } = await source.list({ workspaces: [], kinds: resolveKinds({}) });
    await source.quota();
    const listed = listings.reduce((sum, { refs }) => sum + refs.length, 0);
    if (listed !== resources) {
      throw new Error(`${listed} of ${resources} resources were listed.`);
    }
    return { workspaces: estate.workspaces.length, calls: api.requests.length };
  } finally {
    await api.close();
  }
}

/** @param {number} resources */
function createEstateOf(resources) {
  const estate = createEstate();
  let workspace = '';
  for (let index = 0; index < resources; index++) {
    if (index % RESOURCES_IN_A_WORKSPACE === 0) {
      workspace = addWorkspace(estate, { name: `Workspace ${index / RESOURCES_IN_A_WORKSPACE}` }).id;
    }
    if (index % 5 < COLLECTIONS_IN_FIVE) {
      addCollection(estate, workspace, { info: { name: `Collection ${index}` }, item: [] });
    } else {
      addEnvironment(estate, workspace, { name: `Environment ${index}`, values: [] });
    }
  }
  return estate;
}

/** No retries and no pace: the stand-in enforces no limit here. @param {{ url: string, apiKey: string }} api */
function clientOf({ url, apiKey }) {
  let sent = 0;
  return {
    sent: () => sent,
    async request({ path, headers = {} }) {
      sent += 1;
      const answer = await fetch(`${url}/${path}`, { headers: { ...headers, 'x-api-key': apiKey } });
      return { json: await answer.json(), headers: answer.headers };
    },
  };
}
