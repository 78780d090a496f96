/** The id that git gives a file's content. */
import { createHash } from 'node:crypto';

export function blobId(content: string): string {
  const bytes = Buffer.from(content);
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
