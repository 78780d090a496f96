/** Lists the packages inside the program: which bytes they are, and the licences that their authors ask to travel along. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * @param root the repository's folder
 * @param bundle `program`: its text; `packages`: folders of packages, relative to `root`, in the order they shall have
 */
export async function collectLicenses(root, { program, packages }) {
  const lockfile = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));
  const sections = [];
  for (const folder of packages) {
    sections.push(await describePackage(join(root, folder), integrityIn(lockfile, folder)));
  }
  const sha256 = createHash('sha256').update(program).digest('hex');
  return [
    `postman-gitlab.cjs (sha256 ${sha256})\ncontains the packages below, each with the hash of its archive in the registry.`,
    ...sections.map((section) => `${'-'.repeat(80)}\n${section}`),
  ].join('\n\n');
}

function integrityIn({ packages }, folder) {
  const integrity = packages[folder]?.integrity;
  if (integrity === undefined) {
    throw new Error(`package-lock.json has no hash of ${folder}`);
  }
  return integrity;
}

async function describePackage(folder, integrity) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).sort().find((name) => /^licen[cs]e/i.test(name));
  const text = file === undefined ? '' : await readFile(join(folder, file), 'utf8');
  const terms = text.replaceAll('\r\n', '\n').trim();
  return `${name} ${version} (${license})\n${integrity}\n${terms === '' ? '' : `\n${terms}\n`}`;
}
