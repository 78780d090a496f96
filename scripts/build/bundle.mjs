/** Makes one file of the program and of every package that it uses, the same bytes on any machine. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * @param root the repository's folder
 * @param command the one command that the program has; absent: all of them. What no command needs is not in it.
 * @returns `program`: the text of one CommonJS file; `packages`: the folders of the packages inside it,
 *   relative to `root`, sorted.
 */
export async function bundleProgram(root, command = 'all') {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const result = await build({
    absWorkingDir: root,
    entryPoints: ['src/main.ts'],
    bundle: true,
    write: false,
    metafile: true,
    outfile: 'dist/postman-gitlab.cjs',
    // ESM output breaks on packages that `require` at run time.
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    // ES modules first: unlike CommonJS they lose what nothing uses.
    mainFields: ['module', 'main'],
    // Or the text would depend on where a linked node_modules lies.
    preserveSymlinks: true,
    banner: { js: '#!/usr/bin/env node' },
    define: { __VERSION__: JSON.stringify(version), __COMMAND__: JSON.stringify(command) },
    legalComments: 'none',
    // Small enough for a template, and names stay: a stack trace still says where.
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 200,
    logLevel: 'warning',
    plugins: [withoutKeyStores],
  });
  const program = result.outputFiles[0].text;
  const inputs = Object.values(result.metafile.outputs).flatMap((output) => Object.keys(output.inputs));
  if (command !== 'site' && !inputs.some((path) => KEY_STORES.test(path))) {
    throw new Error(
      'node-forge may be in the program: the file that withoutKeyStores leaves out has another name now.',
    );
  }
  if (program.includes(root)) {
    throw new Error(`The program names a folder of this machine: ${root}`);
  }
  return { program, packages: packageFolders(inputs) };
}

const KEY_STORES = /secretlint-rule-preset-recommend\/module\/index-BDnqZat0\.js$/;

/**
 * secretlint's rule for Google's keys loads node-forge to look into key store files (`.p12`). No such file is ever
 * linted here, and the cryptography would be a fifth of the program.
 */
const withoutKeyStores = {
  name: 'without-key-stores',
  setup(plugin) {
    plugin.onLoad({ filter: KEY_STORES }, () => ({ contents: 'export default undefined;' }));
  },
};

/** `node_modules/a/node_modules/@b/c/lib/x.js` → `node_modules/a/node_modules/@b/c` */
function packageFolders(paths) {
  const folders = new Set();
  for (const path of paths) {
    const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
    if (folder !== undefined) {
      folders.add(folder);
    }
  }
  return [...folders].sort();
}
