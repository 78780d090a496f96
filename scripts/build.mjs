/**
 * Builds what users run: the program in one file (dist/), the components that carry it (templates/), and what
 * editors read of the configuration file (schema/).
 *
 *   node scripts/build.mjs            writes
 *   node scripts/build.mjs --check    writes nothing; exit 1 names each committed file that differs
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleProgram } from './build/bundle.mjs';
import { collectLicenses } from './build/licenses.mjs';
import { generateSchema } from './build/schema.mjs';
import { embedProgram, encodedSize } from './build/template.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

// GitLab before 17.3 takes 1 MB of YAML and counts objects, not bytes; the rest is margin (design §10).
const MAX_ENCODED = 400_000;
const MAX_TEMPLATE = 480_000;

async function main() {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const files = await build();
  const different = await listDifferent(files);

  if (values.check) {
    reportDifferent(different);
  } else {
    await writeFiles(files, different);
  }
}

// The command that each component runs: its program has no other.
const COMPONENTS = {
  'backup.yml': 'backup',
  'pages.yml': 'site',
  'restore.yml': 'restore',
  'verify.yml': 'verify',
  'push.yml': 'push',
};

/** @returns path → content of everything that is generated. */
async function build() {
  const bundle = await bundleProgram(root);
  const components = [];
  for (const [name, command] of Object.entries(COMPONENTS)) {
    components.push([`templates/${name}`, await buildComponent(name, command)]);
  }
  return new Map([
    ['dist/postman-gitlab.cjs', bundle.program],
    ['dist/THIRD-PARTY-LICENSES.txt', await collectLicenses(root, bundle)],
    ...components,
    ['schema/postman-gitlab.schema.json', await generateSchema(root)],
  ]);
}

async function buildComponent(name, command) {
  const { program } = await bundleProgram(root, command);
  const source = await readFile(join(root, 'templates-source', name), 'utf8');
  const previous = await readIfThere(`templates/${name}`);
  const template = embedProgram({ name, source, program, previous });
  checkSizes(name, program, template);
  return template;
}

function checkSizes(name, program, template) {
  const encoded = encodedSize(template);
  const kilobytes = (bytes) => `${Math.round(bytes / 1000)} kB`;
  console.error(`${name}: program ${kilobytes(Buffer.byteLength(program))}`);
  console.error(`${name}: encoded ${kilobytes(encoded)} of at most ${kilobytes(MAX_ENCODED)}`);
  console.error(`${name}: template ${kilobytes(template.length)} of at most ${kilobytes(MAX_TEMPLATE)}`);
  if (encoded > MAX_ENCODED || template.length > MAX_TEMPLATE) {
    fail(`The program is too big for ${name}.`);
  }
}

async function listDifferent(files) {
  const different = [];
  for (const [path, content] of files) {
    if ((await readIfThere(path)) !== content) {
      different.push(path);
    }
  }
  return different;
}

function reportDifferent(different) {
  if (different.length === 0) {
    return;
  }
  fail(`Not what a clean build makes: ${different.join(', ')}. Run \`npm run build\` and commit.`);
}

async function writeFiles(files, different) {
  for (const path of different) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), files.get(path), { mode: path.endsWith('.cjs') ? 0o755 : 0o644 });
    console.error(`wrote ${path}`);
  }
}

async function readIfThere(path) {
  try {
    return await readFile(join(root, path), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

await main();
