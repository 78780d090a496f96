/** Gathers the licences of the packages inside the program: their authors ask that they travel with it. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * @param root the repository's folder
 * @param packages folders of packages, relative to `root`, in the order they shall have
 */
export async function collectLicenses(root, packages) {
  const sections = [];
  for (const folder of packages) {
    sections.push(await describePackage(join(root, folder)));
  }
  return [
    'postman-gitlab.cjs contains the packages below.',
    ...sections.map((section) => `${'-'.repeat(80)}\n${section}`),
  ].join('\n\n');
}

async function describePackage(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).sort().find((name) => /^licen[cs]e/i.test(name));
  const text = file === undefined ? '' : await readFile(join(folder, file), 'utf8');
  const terms = text.replaceAll('\r\n', '\n').trim();
  return `${name} ${version} (${license})\n${terms === '' ? '' : `\n${terms}\n`}`;
}
