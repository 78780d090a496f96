/** The files of a spec, or of an API's definition: a list without contents, then each file. */
import * as z from 'zod';
import { KnownError } from '../errors.ts';
import { printable } from '../printable.ts';
import { readPages } from './cursor-pages.ts';
import { translateAnswer } from './errors.ts';
import { insistingOn } from './insisting-on.ts';
import { pathSegment } from './path-segment.ts';
import type { Get } from './source.ts';

const Id = z.string().optional().catch(undefined);
const FileList = z.looseObject({ files: z.array(z.looseObject({ path: z.string(), id: Id })) });
type ListedFile = z.infer<typeof FileList>['files'][number];
const File = z.looseObject({ path: z.string().optional(), id: Id, content: z.string() });

/**
 * @param path of the list.
 * @returns each file once, as the list shows it, with its `content`.
 * @throws KnownError RESOURCE_INVALID when one of them cannot be had: the definition would not be whole.
 */
export async function readDefinitionFiles(get: Get, path: string): Promise<readonly ListedFile[]> {
  const files: ListedFile[] = [];
  for (const file of await listFiles(get, path)) {
    files.push({ ...file, content: await fetchContent(get, path, file) });
  }
  return files;
}

async function listFiles(get: Get, path: string): Promise<Iterable<ListedFile>> {
  const { answers, end } = await readPages('files', (cursor) =>
    insistingOn('the list of files', () =>
      get(cursor === undefined ? path : `${path}?${new URLSearchParams({ cursor })}`),
    ),
  );
  // For a spec, `nextCursor` is documented and no parameter that takes it. A page that comes twice may hide the next
  // one: what was backed up of the spec stays.
  if (end !== 'last') {
    throw new KnownError('RESOURCE_INVALID', 'The pages of the list of its files lead in a circle');
  }
  const files = new Map<string, ListedFile>();
  for (const answer of answers) {
    const page = FileList.safeParse(answer);
    if (!page.success) {
      throw translateAnswer(answer, 'files');
    }
    for (const file of page.data.files) {
      files.set(file.path, file);
    }
  }
  return files.values();
}

async function fetchContent(get: Get, listPath: string, { path, id }: ListedFile): Promise<string> {
  const name = `the file "${printable(path)}"`;
  const answer = await insistingOn(name, () => get(`${listPath}/${pathSegment(path)}`));
  const file = File.safeParse(answer).data;
  if (file === undefined || (file.path ?? path) !== path || (id !== undefined && (file.id ?? id) !== id)) {
    throw new KnownError('RESOURCE_INVALID', `Postman answered with something else than ${name} of it`);
  }
  return file.content;
}
