/** The servers of the benchmark, in a process of their own: the stand-in for the Postman API, and the loopback GitLab. */

import { startPostmanApi } from '../../demo/postman-api/server.mjs';
import { git } from '../../test/loopback/gitlab/git.ts';
import { startLoopbackGitLab } from '../../test/loopback/gitlab/server.ts';
import { editSome, makeEstate } from '../estate.mjs';
import { makeHistory } from './history.mjs';
import { startKeyRouter } from './key-router.mjs';

const gitlab = await startLoopbackGitLab();
const postmen = new Map();
const projects = new Map();
const closers = [() => gitlab.close()];

/** What the benchmark may ask; arguments and answers travel as JSON. */
const commands = {
  /** @param {{ count: number, bytes: number, names?: string[], apiKey?: string, latencyMs?: number, limits?: object, stumbles?: boolean }} size */
  async openPostman({ latencyMs, limits, apiKey, stumbles = false, ...size }) {
    const api = await startPostmanApi({
      estate: makeEstate(size),
      limits: limits ?? UNLIMITED,
      ...(latencyMs === undefined ? {} : { latencyMs }),
      ...(apiKey === undefined ? {} : { apiKey }),
    });
    if (stumbles) {
      api.onRequest(stumble());
    }
    postmen.set(api.url, api);
    return { url: api.url, apiKey: api.apiKey };
  },

  /** One address for several keys, as at Postman. */
  async routeKeys(targets) {
    const router = await startKeyRouter(targets);
    closers.push(router.close);
    return router.url;
  },

  edit: ({ url, count }) => editSome(postmen.get(url).estate, count),

  async closePostman(url) {
    await postmen.get(url).close();
    postmen.delete(url);
  },

  async openProject({ path, history }) {
    const project = await gitlab.createProject({ path, jobTokenPushAllowed: true });
    projects.set(path, project);
    if (history !== undefined) {
      await git(['fast-import', '--quiet', '--force'], {
        cwd: project.repositoryDir,
        input: makeHistory(history),
      });
    }
    return {
      path,
      id: project.id,
      url: gitlab.url,
      apiUrl: gitlab.apiUrl,
      directory: project.repositoryDir,
      token: gitlab.createToken({ scopes: ['api'], role: 'developer', projects: [path] }),
      jobToken: gitlab.createJobToken({ project: path }),
    };
  },

  /** Commits and backed up collections of a project. */
  async countProject(path) {
    const { git: ask } = projects.get(path);
    const names = (await ask('ls-tree', '-r', '-z', '--name-only', 'main')).split('\0');
    return {
      commits: Number(await ask('rev-list', '--count', 'main')),
      saved: names.filter((name) => name.endsWith('.postman_collection.json')).length,
    };
  },

  /** The requests since the last time that this was asked. */
  takeRequests: (url) => ({
    postman: postmen.get(url)?.requests.splice(0) ?? [],
    gitlab: gitlab.requests.splice(0),
  }),
};

const UNLIMITED = { perMinute: 1_000_000, lists: { limit: 1_000_000, windowMs: 1000 } };

process.on('message', ({ number, name, argument }) => {
  Promise.resolve(argument)
    .then(commands[name])
    .then(
      (value) => process.send({ number, value }),
      (error) => process.send({ number, error: String(error) }),
    );
});
process.on('disconnect', async () => {
  await Promise.all([...postmen.values()].map((api) => api.close()));
  await Promise.all(closers.map((close) => close()));
});
process.send({ number: 0 });

/** The third collection is refused once for being too fast, the fifth fails once. */
function stumble() {
  const bodies = new Set();
  return ({ path }) => {
    if (!/^\/collections\/[^?]/.test(path) || bodies.has(path)) {
      return undefined;
    }
    bodies.add(path);
    if (bodies.size === 3) {
      return { status: 429, body: { error: { name: 'rateLimited' } }, headers: { 'Retry-After': '1' } };
    }
    return bodies.size === 5 ? { status: 500, body: { error: { name: 'serverError' } } } : undefined;
  };
}
