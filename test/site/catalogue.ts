/** A catalogue as users get it: the program backs a team up, some of it meant to harm, and makes pages of that. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { addCollection, renameCollection } from '../../demo/postman-api/estate.mjs';
import { startPostmanApi } from '../../demo/postman-api/server.mjs';
import { createSampleEstate } from '../../demo/sample-estate.mjs';
import { atEnd, makeFolder, run } from '../end-to-end/program.ts';

export type Catalogue = {
  /** The folder of the pages. */
  readonly folder: string;
  /** Path → content. */
  readonly pages: ReadonlyMap<string, string>;
  readonly stderr: string;
  /** The page with this heading. */
  pageOf(name: string): string;
};

const ATTACKS = [
  '<script>document.title="owned"</script>',
  '"><img src=x onerror=document.title="owned">',
  '</script></style></title></textarea><svg onload=document.title="owned">',
  "' onmouseover='document.title=1",
  'x\u202egpj.exe',
  '&lt;b&gt; {{7*7}} <%= 7*7 %> <!-- -->',
];
const MARKDOWN_ATTACKS = [
  '[click](javascript:document.title="owned")',
  '[click](data:text/html;base64,PHNjcmlwdD4=)',
  '![pixel](https://tracker.example/pixel.png)',
  '<https://docs.example/a> <javascript:alert(1)>',
  '<iframe src="https://evil.example"></iframe>',
];

export async function makeCatalogue(): Promise<Catalogue> {
  const estate = createSampleEstate();
  const [workspace] = estate.workspaces;
  if (workspace === undefined) {
    throw new Error('The sample has no workspace.');
  }
  const renamed = addCollection(estate, workspace.id, hostileCollection('Before'));
  const api = await startPostmanApi({ estate, limits: { enforce: false } });
  atEnd(() => api.close());
  const folder = await makeFolder();
  const env = { POSTMAN_API_KEY: api.apiKey, POSTMAN_API_URL: api.url };
  const file = `repository: backup.git\nbackups:\n  - { kinds: all, directory: '<b>"&', removed: archive }\n`;
  await writeFile(join(folder, '.postman-gitlab.yml'), file);
  for (const step of [() => undefined, () => renameCollection(estate, renamed.uuid, ATTACKS[1] ?? '')]) {
    step();
    const { exitCode, stderr } = await run(['backup'], { folder, env });
    if (exitCode !== 0) {
      throw new Error(stderr);
    }
  }
  const { exitCode, stderr } = await run(['site'], { folder });
  if (exitCode !== 0) {
    throw new Error(stderr);
  }
  const pages = await readPages(join(folder, 'public'));
  return {
    folder: join(folder, 'public'),
    pages,
    stderr,
    pageOf: (name) => {
      const found = [...pages].find(([, text]) => text.includes(`<h1><bdi>${name}</bdi>`));
      if (found === undefined) {
        throw new Error(`no page of ${name}`);
      }
      return found[0];
    },
  };
}

async function readPages(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => name.endsWith('.html'));
  const pages = files.map(
    async (name) => [name.split(sep).join('/'), await readFile(join(folder, name), 'utf8')] as const,
  );
  return new Map(await Promise.all(pages));
}

/** Every text of it tries to become more than a text. */
function hostileCollection(name: string) {
  const texts = ATTACKS.map((attack) => ({ key: attack, value: attack, description: attack }));
  const description = [...ATTACKS, ...MARKDOWN_ATTACKS].join('\n\n');
  const request = (attack: string) => ({
    method: attack,
    url: { raw: `https://api.example/${attack}`, query: texts, variable: texts },
    ...{ header: texts, description, body: { mode: 'raw', raw: attack } },
  });
  const event = [{ listen: 'test', script: { exec: ATTACKS } }];
  return {
    info: {
      ...{ name, description },
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    ...{ event, variable: texts },
    item: ATTACKS.map((attack) => ({
      ...{ name: attack, description, event },
      item: [
        {
          ...{ name: attack, event, request: request(attack) },
          response: [{ name: attack, status: attack, code: 200, header: texts, body: attack }],
        },
      ],
    })),
  };
}
