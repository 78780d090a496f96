/** The peer ikertianto/postman-exporter-all-collection (MIT): how to run a checkout of it against the stand-in. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WORKSPACE } from '../estate.mjs';

const MERGED = 'merged.json';
// Postman's address is a constant of its module `config`: another one is put there before the program starts.
const LAUNCHER = [
  'import os, runpy, sys',
  'sys.path.insert(0, os.environ["BENCH_CHECKOUT"])',
  'import config',
  'config.POSTMAN_API_BASE = os.environ["BENCH_POSTMAN_URL"]',
  'runpy.run_path(os.path.join(os.environ["BENCH_CHECKOUT"], "export_collections.py"), run_name="__main__")',
].join('\n');

export const exporterAllCollection = {
  name: 'postman-exporter-all-collection',
  folder: 'postman-exporter-all-collection',
  needs: ['config.py', 'export_collections.py'],
  command: ['python3', '-c', LAUNCHER],
  environment: ({ checkout, folder, postman }) => ({
    BENCH_CHECKOUT: checkout,
    BENCH_POSTMAN_URL: postman.url,
    POSTMAN_API_KEY: postman.apiKey,
    TARGET_WORKSPACES: WORKSPACE,
    EXPORT_DIR: folder,
    COLLECTION_OUTPUT_FILE: MERGED,
    PYTHONDONTWRITEBYTECODE: '1',
  }),
  prepare: () => Promise.resolve(),

  /** It writes one collection whose folders are the collections that came. */
  async countSaved(folder) {
    const text = await readFile(join(folder, MERGED), 'utf8').catch(() => undefined);
    const [root] = text === undefined ? [] : JSON.parse(text).item;
    return (root?.item ?? []).flatMap(({ item }) => item).length;
  },
};
