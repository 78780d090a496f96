/** Loads a part of the program from its sources: Node.js 20 does not read TypeScript. */
import { build } from 'esbuild';

/**
 * @param {string} root the repository's folder
 * @param {string} contents a module that exports what is wanted, with paths relative to `root`
 */
export async function loadSource(root, contents) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: { contents, resolveDir: root },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  });
  const text = Buffer.from(outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${text}`);
}
