/** The name of the file or folder, where a backup is about exactly one collection. */
import { printable } from '../printable.ts';
import { hasWildcards, withoutWildcards } from './globs.ts';
import { placeOf } from './layer.ts';
import { located, type Problems } from './problems.ts';
import type { Asked } from './values.ts';

// What Windows refuses in a name, the names of its devices, and a hidden file.
const UNSAFE_FILENAME = /[\\/:*?"<>|]|^\.|[. ]$|^(con|prn|aux|nul|com\d|lpt\d) *(\.|$)/i;
// A suffix that tells it from another file must find room (255 bytes is the limit of most file systems).
const MAX_FILENAME_BYTES = 200;

// What ends the folder of a collection with `layout: tree`; by it the folder is known for one.
const FOLDER_SUFFIX = '.postman_collection';

/** @returns the name with the ending of a file or of a folder; nothing when nobody gave one. */
export function resolveFilename(asked: Asked, problems: Problems): string | undefined {
  const { filename, layout = 'json' } = asked.values;
  if (filename === undefined) {
    return undefined;
  }
  const isPlain = filename !== '' && printable(filename) === filename && !UNSAFE_FILENAME.test(filename);
  if (!isPlain || Buffer.byteLength(filename) > MAX_FILENAME_BYTES) {
    const problem = `\`filename\` must be a plain file name without folders, not "${printable(filename)}".`;
    problems.add(located(placeOf(asked.given, 'filename'), problem));
  }
  refuseMore(asked, problems);
  const isJson = filename.toLowerCase().endsWith('.json');
  if (layout === 'json') {
    return isJson ? filename : `${filename}.json`;
  }
  if (isJson) {
    const problem = `\`filename\` names a folder with \`layout: tree\`: write "${printable(filename.slice(0, -5))}".`;
    problems.add(located(placeOf(asked.given, 'filename'), problem));
  }
  return filename.endsWith(FOLDER_SUFFIX) ? filename : `${filename}${FOLDER_SUFFIX}`;
}

/** How many there really are is seen when Postman has answered; this is what can be seen before. */
function refuseMore({ values: { kinds = [], collection = [] }, given }: Asked, problems: Problems): void {
  if (kinds.length > 0 && kinds.join() !== 'collections') {
    const problem = '`filename` is for exactly one collection: leave `kinds` out.';
    problems.add(located(placeOf(given, 'kinds'), problem));
  }
  if (collection.length > 1) {
    const problem = `\`filename\` is for exactly one collection, and \`collection\` names ${collection.length}: leave \`filename\` out, or give each its own entry of \`backups\`.`;
    problems.add(located(placeOf(given, 'filename'), problem));
  }
  for (const [index, pattern] of collection.entries()) {
    if (hasWildcards(pattern)) {
      const literal = printable(withoutWildcards(pattern));
      const problem = `\`filename\` is for exactly one collection, and "${printable(pattern)}" may match several: write "${literal}" if that is the name, or give the id.`;
      problems.add(located(placeOf(given, 'collection', index), problem));
    }
  }
}
