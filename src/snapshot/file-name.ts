/** Names from Postman become path segments: untrusted text in, something every file system takes out. */
import filenamify from 'filenamify';

const MAX_SEGMENT_BYTES = 255;
// Marks that show nothing, or that reorder what is shown: two names that look the same would be two files. HFS+
// ignores some of them, so that with one in front `.git` would be `.git` (is_hfs_dotgit in git).
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;
// NTFS's short name of `.git`, which git refuses as a path component (verify_path in git).
const GIT_SHORT_NAME = /^git~\d+$/i;

/**
 * @param name as it stands in Postman.
 * @param ending what follows the name in the same segment (a suffix), ASCII, kept whole.
 * @returns one path segment, legal on Linux, macOS and Windows, at most 255 bytes of UTF-8.
 */
export function fileName(name: string, ending: string): string {
  const clean = name.toWellFormed().replace(INVISIBLE, '').normalize('NFC').trim();
  // One byte is for the mark that filenamify puts behind the name of a Windows device; cut first, because what is
  // left may be such a name.
  const short = truncateBytes(clean, MAX_SEGMENT_BYTES - 1 - ending.length);
  const legal = filenamify(short || 'unnamed', { replacement: '-', maxLength: MAX_SEGMENT_BYTES });
  const segment = `${legal.replace(/^\.+/, '-')}${ending}`;
  return GIT_SHORT_NAME.test(segment) ? `${segment}-` : segment;
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
  return text.slice(0, end);
}
