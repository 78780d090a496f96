/** Reads one file by its blob id, which says what its bytes are. */
import { KnownError } from '../errors.ts';
import { blobId } from '../object-id.ts';
import type { Api } from './api.ts';

const TRIES = 2;

/**
 * What was cut off, or comes from somebody else in GitLab's place, is asked for once more.
 * @param id SHA-1, as GitLab's tree shows it.
 * @throws HttpError
 * @throws KnownError GITLAB_UNAVAILABLE when the content is not that of the blob.
 */
export async function readBlob(api: Api, project: string, id: string): Promise<Buffer> {
  for (let tries = 0; tries < TRIES; tries++) {
    const blob = await api.repositories.showBlobRaw(project, id);
    const content = Buffer.from(await blob.arrayBuffer());
    if (blobId(content) === id) {
      return content;
    }
  }
  throw new KnownError('GITLAB_UNAVAILABLE', `GitLab answered with other content than that of blob ${id}.`);
}
