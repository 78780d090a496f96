/** The documents equal the code: links, settings, inputs, error codes, examples and the paths that they name. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import * as z from 'zod';
import { createSampleEstate } from '../demo/sample-estate.mjs';
import { parseConfigFile } from '../src/config/file.ts';
import { describeConfigFile } from '../src/config/file-schema.ts';
import {
  backupSettings,
  restoreSettings,
  runSettings,
  type Setting,
  settings,
  verifySettings,
} from '../src/config/settings.ts';
import { errorCodes, KnownError } from '../src/errors.ts';
import { partPaths } from '../src/snapshot/collection-tree/endings.ts';
import { collectionTrees } from '../src/snapshot/kinds/collection-trees.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const pages = [...pagesBelow('.', false), ...pagesBelow('docs', true)].sort();

const Package = z.object({ version: z.string(), scripts: z.record(z.string(), z.string()) });
const packageJson = Package.parse(JSON.parse(read('package.json')));
const Template = z.object({
  spec: z.object({ inputs: z.record(z.string(), z.object({ default: z.json() })) }),
});
const inputsOf = (component: string) =>
  Template.parse(parseAllDocuments(read(`templates-source/${component}.yml`))[0]?.toJS()).spec.inputs;
const inputs = inputsOf('backup');
const takenByEditors = new Ajv().compile(describeConfigFile());
const Pipeline = z.object({
  include: z.array(
    z.object({ component: z.string(), inputs: z.record(z.string(), z.unknown()).default({}) }),
  ),
});

describe.each(pages)('%s', (page) => {
  it('has links and anchors that resolve', () => {
    expect(linksOf(page).filter((link) => !resolves(page, link))).toEqual([]);
  });

  it('names only files and folders that exist', () => {
    const named = [
      ...prose(page).matchAll(
        /`((?:src|test|docs|demo|schema|scripts|templates|templates-source)\/[\w./-]+)`/g,
      ),
    ];
    expect(named.map(([, path = '']) => path).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('has examples of pipelines that include this version with inputs that the component has', () => {
    for (const example of examples(page).filter((text) => text.includes('component:'))) {
      for (const { component, inputs: given } of Pipeline.parse(parse(example)).include) {
        const [, name = '', version] = /\/([\w-]+)@(.*)$/.exec(component) ?? [];
        expect(version).toBe(packageJson.version);
        expect(Object.keys(inputsOf(name))).toEqual(expect.arrayContaining(Object.keys(given)));
      }
    }
  });

  it('has examples of the configuration file that have no problems', () => {
    for (const example of examples(page).filter((text) => /^(backups|branches|defaults):/m.test(text))) {
      expect(parseConfigFile(example, page).problems).toEqual([]);
      expect(takenByEditors(parse(example)), JSON.stringify(takenByEditors.errors)).toBe(true);
    }
  });
});

describe('the index', () => {
  it('links to every page of the documentation', () => {
    const linked = linksOf('docs/README.md').map((link) => join('docs', link.replace(/#.*/, '')));
    const others = pages.filter((page) => page.startsWith('docs/') && page !== 'docs/README.md');
    expect(others.filter((page) => !linked.includes(page))).toEqual([]);
  });
});

describe('the README', () => {
  it('names the two commands that do everything', () => {
    expect(commands('README.md')).toEqual(expect.arrayContaining(['npm run demo', 'npm cit']));
    expect(packageJson.scripts).toMatchObject({ demo: expect.any(String), test: expect.any(String) });
  });

  it('has a section of components that names each template', () => {
    const sections = new Set(headings('README.md'));
    expect(sections).toContain('Components');
    for (const template of readdirSync(join(root, 'templates'))) {
      expect(sections).toContain(`\`${template.replace(/\.yml$/, '')}\``);
    }
  });
});

describe('the changelog', () => {
  it('has the version of the package', () => {
    expect(headings('CHANGELOG.md').map((text) => text.replace(/ .*/, ''))).toContain(
      `[${packageJson.version}]`,
    );
  });
});

describe('the page of errors', () => {
  const sections = prose('docs/errors.md').split(/^## /m).slice(1);

  it('has a section for each code of the catalogue, in its order', () => {
    expect(sections.map((section) => section.split('\n', 1)[0])).toEqual(errorCodes);
  });

  it.each(errorCodes)(
    'says of %s its exit code, an example, the meaning, the reason and the way out',
    (code) => {
      const section = read('docs/errors.md').split(`\n## ${code}\n`)[1]?.split('\n## ')[0] ?? '';
      expect(section).toMatch(new RegExp(`^\nExit code ${new KnownError(code, '').exitCode}\\.$`, 'm'));
      expect(section).toMatch(/^```text\n[^`]+/m);
      expect(section.match(/^- [\w ]+:/gm)).toEqual(['- Means:', '- Why:', '- What to do:']);
    },
  );

  it('has an exit code in its table for each that an error may have', () => {
    const known = rowsOf('docs/errors.md', 'exit code').map(([exitCode]) => exitCode);
    const used = new Set(errorCodes.map((code) => String(new KnownError(code, '').exitCode)));
    expect(known).toEqual(['0', '1', ...[...used].sort((a, b) => Number(a) - Number(b))]);
  });
});

describe('the page of settings', () => {
  it.each([
    ['## Settings of one backup', backupSettings],
    ['## Settings of a run', runSettings],
  ])('has a table under "%s" that equals the code', (heading, expected) => {
    const rows = rowsOf('docs/configuration.md', 'name', heading);
    expect(rows.map(([name, fallback]) => [plain(name), plain(fallback)])).toEqual(
      Object.entries<Setting>(expected).map(([name, { fallback = 'none' }]) => [name, plain(fallback)]),
    );
  });

  it('names every value that a setting may have', () => {
    const text = new Map(
      rowsOf('docs/configuration.md', 'name').map(([name, , meaning]) => [plain(name), meaning]),
    );
    for (const [name, setting] of Object.entries<Setting>(settings)) {
      for (const value of setting.options ?? []) {
        expect(text.get(name), name).toContain(`\`${value}\``);
      }
    }
  });

  it("has a table of the job's inputs that equals the template", () => {
    const own = Object.entries(inputs).filter(([name]) => !Object.hasOwn(settings, name));
    expect(
      rowsOf('docs/configuration.md', 'name', '## Inputs of the job').map(([name, value]) => [
        plain(name),
        plain(value),
      ]),
    ).toEqual(
      own.map(([name, { default: value }]) => [
        name,
        name === 'rules' ? 'see below' : typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    );
  });
});

describe('the page of a component', () => {
  it.each([
    ['docs/site.md', 'pages', 'as of [backup](configuration.md#inputs-of-the-job)'],
    ['docs/push.md', 'push', 'pushes to branches that change files of a backup'],
  ])('%s has a table of inputs that equals the template', (page, component, rules) => {
    expect(rowsOf(page, 'name', '## Inputs').map(([name, value]) => [plain(name), plain(value)])).toEqual(
      Object.entries(inputsOf(component)).map(([name, { default: value }]) => [
        name,
        name === 'rules' ? rules : shownDefault(value),
      ]),
    );
  });
});

describe('the page of the restore', () => {
  it('has a table of inputs that equals the template', () => {
    expect(
      rowsOf('docs/restore.md', 'name', '## Inputs').map(([name, value]) => [plain(name), plain(value)]),
    ).toEqual(
      Object.entries(inputsOf('restore')).map(([name, { default: value }]) => [
        name,
        name === 'rules' ? 'see above' : shownDefault(value),
      ]),
    );
  });

  it('names every setting of the command', () => {
    const page = read('docs/restore.md');
    expect(Object.keys(restoreSettings).filter((name) => !page.includes(name))).toEqual([]);
  });
});

describe('the page of the verification', () => {
  it('has a table of inputs that equals the template', () => {
    expect(
      rowsOf('docs/verify.md', 'name', '## Inputs').map(([name, value]) => [plain(name), plain(value)]),
    ).toEqual(
      Object.entries(inputsOf('verify')).map(([name, { default: value }]) => [
        name,
        name === 'rules' ? 'see below' : shownDefault(value),
      ]),
    );
  });

  it('names every setting of the command', () => {
    const page = read('docs/verify.md');
    expect(Object.keys(verifySettings).filter((name) => !page.includes(name))).toEqual([]);
  });
});

describe('the layout tree on the page of files', () => {
  const section = read('docs/layout.md').split('\n## Layout `tree`\n')[1]?.split('\n## ')[0] ?? '';
  const files = treeOf('Refunds and disputes');

  it('lists only files that the sample collection has', () => {
    const [, listing = ''] = /```text\n.*\n([\s\S]*?)```/.exec(section) ?? [];
    const listed = [...listing.matchAll(/^ +([^ …\n][^\n]*?)\/?(?: {2,}.*)?$/gm)].map(([, name]) => name);
    const names = new Set([...files.keys()].flatMap((path) => path.split('/')));
    expect(listed.length).toBeGreaterThan(10);
    expect(listed.filter((name = '') => !names.has(name))).toEqual([]);
  });

  it('shows them as they are', () => {
    const shown = [...section.matchAll(/^`(.+)`:\n\n```\w+\n([\s\S]*?)^```$/gm)];
    expect(shown).toHaveLength(3);
    for (const [, path = '', text] of shown) {
      expect(text, path).toBe(files.get(path));
    }
  });

  it('names every ending that a part of a request may have', () => {
    for (const ending of partPaths('.request.yaml')) {
      expect(section).toContain(ending);
    }
  });
});

describe('the architecture', () => {
  it('has a row for each room', () => {
    const rooms = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    const rows = rowsOf('ARCHITECTURE.md', 'folder', '## The rooms').map(([folder]) => plain(folder));
    expect(rows.filter((folder) => folder.startsWith('src/')).sort()).toEqual(
      rooms.map(({ name }) => `src/${name}`).sort(),
    );
  });
});

function shownDefault(value: unknown): string {
  return value === '' ? "''" : typeof value === 'string' ? value : JSON.stringify(value);
}

/** @returns path → text of a sample collection, but for its side file. */
function treeOf(name: string): ReadonlyMap<string, unknown> {
  const bodies = createSampleEstate().collections.map(({ body }) => ({ ...body }));
  const body = bodies.find((one) => collectionTrees.nameOf(one) === name) ?? {};
  const normalized = collectionTrees.normalize(body, { name, uuid: collectionTrees.uuidOf(body) ?? '' });
  const files = collectionTrees.folder?.filesOf(normalized) ?? [];
  return new Map(files.map(({ path, content }) => [path, content]));
}

function pagesBelow(folder: string, recursive: boolean): readonly string[] {
  const names = readdirSync(join(root, folder), { recursive, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.md')).map((name) => join(folder, name));
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The page without its code blocks. */
function prose(page: string): string {
  return read(page).replace(/^( *)```[\s\S]*?^\1```$/gm, '');
}

function linksOf(page: string): readonly string[] {
  const links = [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return links.filter((target) => !/^[a-z]+:/.test(target));
}

function resolves(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : relative(root, join(root, dirname(page), path));
  if (!existsSync(join(root, target))) {
    return false;
  }
  return anchor === undefined || headings(target).some((text) => anchorOf(text) === anchor);
}

function headings(page: string): readonly string[] {
  return [...prose(page).matchAll(/^#+ (.+)$/gm)].map(([, text = '']) => text);
}

/** As GitLab makes it (https://docs.gitlab.com/user/markdown/#heading-ids-and-links). */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .trim()
    .replace(/[ -]+/g, '-');
}

/** The YAML examples of a page, without the indentation of a list that they stand in. */
function examples(page: string): readonly string[] {
  return [...read(page).matchAll(/^( *)```yaml\n([\s\S]*?)^\1```$/gm)].map(([, indent = '', text = '']) =>
    text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );
}

function commands(page: string): readonly string[] {
  return [...read(page).matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, text = '']) =>
    text.trim().split('\n'),
  );
}

/** @returns the cells of the tables whose first column has that title, below `heading` up to the next one. */
function rowsOf(page: string, title: string, heading = ''): readonly (readonly string[])[] {
  const after = prose(page).split(`${heading}\n`).slice(1).join(`${heading}\n`);
  const text = heading === '' ? prose(page) : (after.split(/^## /m)[0] ?? '');
  const tables = text.matchAll(/^\|([^\n]*)\|\n\|[-|: ]+\|\n((?:\|[^\n]*\|\n)+)/gm);
  return [...tables]
    .filter(([, head = '']) => head.split('|')[0]?.trim() === title)
    .flatMap(([, , body = '']) => body.trim().split('\n'))
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

function plain(cell = ''): string {
  return cell.replaceAll('`', '');
}
