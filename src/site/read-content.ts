/** Reads a resource for its page, kind by kind. */
import * as z from 'zod';
import type { Kind } from '../model.ts';
import type { Content } from './model.ts';
import { readCollection } from './read-collection.ts';
import { variables } from './read-fields.ts';

const WithValues = z.object({ values: variables });

/**
 * @param body the parsed resource; nothing when it could not be parsed.
 * @param files the paths of its files, below its own.
 */
export function readContent(kind: Kind, body: unknown, files: readonly string[]): Content {
  if (body === undefined) {
    return { type: 'none', reason: 'Its file cannot be read. The next run of the backup writes it anew.' };
  }
  switch (kind) {
    case 'collections': {
      const collection = readCollection(body);
      return collection === undefined
        ? { type: 'none', reason: 'It is no collection of a format that can be shown.' }
        : { type: 'collection', ...collection };
    }
    case 'environments':
    case 'globals':
      return {
        type: 'variables',
        ...WithValues.transform(({ values }) => ({ variables: values }))
          .catch({ variables: [] })
          .parse(body),
      };
    case 'specs':
    case 'apis':
      return { type: 'files', files };
    case 'mocks':
    case 'monitors':
    case 'workspaces':
      return { type: 'none' };
  }
}
