/** Names from Postman become path segments: untrusted text in, something every file system takes out. */
import filenamify from 'filenamify';

const MAX_SEGMENT_BYTES = 255;
// Marks that show nothing, or that reorder what is shown: two names that look the same would be two files.
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;
// Git refuses these as a path component, in any case and with HFS+ and NTFS spellings (verify_path in git).
const GIT_DIRECTORY = /^(\.git|git~\d+)$/i;

/**
 * @param name as it stands in Postman.
 * @param ending what follows the name in the same segment (a suffix), ASCII, kept whole.
 * @returns one path segment, legal on Linux, macOS and Windows, at most 255 bytes of UTF-8.
 */
export function fileName(name: string, ending: string): string {
  const clean = name.toWellFormed().normalize('NFC').replace(INVISIBLE, '');
  const legal = filenamify(clean, { replacement: '-', maxLength: Number.MAX_SAFE_INTEGER })
    .replace(/^\.+/, '-')
    .trim();
  const stem = truncateBytes(legal === '' ? 'unnamed' : legal, MAX_SEGMENT_BYTES - ending.length);
  // Windows drops dots and spaces at the end of a name; a suffix after them makes them harmless.
  const segment = ending === '' ? stem.replace(/[. ]+$/, '') || 'unnamed' : `${stem}${ending}`;
  return GIT_DIRECTORY.test(segment) ? `${segment}-` : segment;
}

/** @returns what two paths have in common when a file system takes them for one: case and Unicode form folded. */
export function collisionKey(path: string): string {
  return path.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

function truncateBytes(text: string, maxBytes: number): string {
  if (Buffer.byteLength(text) <= maxBytes) {
    return text;
  }
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > maxBytes) {
      break;
    }
    end += character.length;
  }
  return text.slice(0, end).trimEnd();
}
