/** The program starts with what it needs: of the modules inside the bundle, those that a command does not use stay unloaded. */
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LoopbackGitLab, startLoopbackGitLab } from '../loopback/gitlab/server.ts';
import { destinations } from './destinations.ts';
import { makeFolder, type RunOptions, run } from './program.ts';
import { startTeam } from './team.ts';

let gitlab: LoopbackGitLab;

beforeAll(async () => {
  gitlab = await startLoopbackGitLab();
});

afterAll(() => gitlab.close());

// esbuild wraps each module that can be loaded later into a function with one key, its path.
const HOOK = `
const { appendFileSync } = require('node:fs');
const { prototype } = require('node:module');
const compile = prototype._compile;
globalThis.noteLoaded = (path) => {
  appendFileSync(process.env.LOADED, path + '\\n');
  return path;
};
prototype._compile = function (text, ...rest) {
  const noting = text.replace(/__getOwnPropNames\\((?:fn|cb)\\)\\[0\\]/g, 'noteLoaded($&)');
  return compile.call(this, noting, ...rest);
};
`;

/** @returns the packages and the rooms of which a module was loaded. */
async function loadedBy(args: readonly string[], { folder, env = {} }: RunOptions): Promise<Set<string>> {
  const hook = join(folder, 'hook.cjs');
  const list = join(folder, 'loaded.txt');
  await writeFile(hook, HOOK);
  await rm(list, { force: true });
  const noting = { ...env, NODE_OPTIONS: `--require ${hook}`, LOADED: list };
  const { exitCode, stderr } = await run(args, { folder, env: noting });
  expect(exitCode, stderr).toBe(0);
  const paths = existsSync(list) ? (await readFile(list, 'utf8')).trim().split('\n') : [];
  return new Set(paths.map((path) => /^(?:node_modules|src)\/[^/]+/.exec(path)?.[0] ?? path));
}

it.each([['--version'], ['--help']])('%s loads the parser of the command line, and no room', async (flag) => {
  const loaded = await loadedBy([flag], { folder: await makeFolder() });
  expect([...loaded].filter((one) => !one.endsWith('.ts'))).toEqual(['node_modules/commander', 'src/report']);
});

it.each([
  ['through the API, with a token', ['node_modules/@gitbeaker', 'node_modules/@secretlint']],
  ['by git, to a local path', ['node_modules/@secretlint']],
] as const)('a backup %s loads of the packages that not everybody needs: %j', async (name, expected) => {
  const { env } = await startTeam();
  const folder = await makeFolder();
  const destination = await destinations[name]({ gitlab, folder });
  const options = { folder, env: { ...env, ...destination.env } };
  const loaded = await loadedBy(['backup', '--workspace', 'Payments', ...destination.flags], options);
  const optional = [...loaded].filter((one) => /@gitbeaker|@secretlint|cli-progress/.test(one));
  expect(optional.sort()).toEqual(expected);
});
