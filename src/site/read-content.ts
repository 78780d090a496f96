/** Reads a resource for its page, kind by kind. */
import * as z from 'zod';
import type { Kind } from '../model.ts';
import type { Content, Read } from './model.ts';
import { readCollection } from './read-collection.ts';
import { variables } from './read-fields.ts';
import { shownName } from './text.ts';

const WithValues = z.object({ values: variables });

/** @param files the paths of its files, below its own. */
export function readContent(kind: Kind, version: Read, files: readonly string[]): Content {
  if (version.state !== 'read') {
    return { type: 'none', reason: explain(version) };
  }
  const { value: body } = version;
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

function explain(version: Exclude<Read, { readonly state: 'read' }>): string {
  if (version.state === 'absent') {
    return 'Its file is not there. The next run of the backup writes it anew.';
  }
  const why = version.reason === undefined ? '' : ` (${shownName(version.reason)})`;
  return `Its file cannot be read${why}. The next run of the backup writes it anew.`;
}
