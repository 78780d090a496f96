/** The peer kytmanov/postmanBackup (MIT): how to run a checkout of it against the stand-in. */

import { cp, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const COLLECTIONS = 'files/collections';
// Its example says 1,500 for a limit of 60 a minute. Postman allows 300 a minute now.
const BETWEEN_REQUESTS_MS = 200;

export const postmanBackup = {
  name: 'postmanBackup',
  folder: 'postmanBackup',
  needs: ['app.js', 'node_modules'],
  command: [process.execPath, 'app.js'],
  environment: () => ({}),

  /** Its settings are a file beside its program: so it runs from a folder of its own, and the checkout stays as it is. */
  async prepare({ checkout, folder, postman }) {
    await cp(join(checkout, 'app.js'), join(folder, 'app.js'));
    await symlink(join(checkout, 'node_modules'), join(folder, 'node_modules'));
    const config = {
      api_url: `${postman.url}/`,
      api_keys: [postman.apiKey],
      path: { collections: COLLECTIONS, environments: 'files/environments' },
      time_between_requests: BETWEEN_REQUESTS_MS,
      use_date_subfolder: false,
      use_id_subfolder: false,
      debug: {
        appenders: { out: { type: 'stderr' } },
        categories: { default: { appenders: ['out'], level: 'info' } },
      },
    };
    await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  },

  async countSaved(folder) {
    const names = await readdir(join(folder, COLLECTIONS), { recursive: true }).catch(() => []);
    return names.filter((name) => name.endsWith('.json')).length;
  },
};
