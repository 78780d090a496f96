/** Specs of Spec Hub as folders: their files as people wrote them, and an index that says what each of them is. */
import { isObject, omit } from '../../json.ts';
import { bareUuid } from './bare-uuid.ts';
import { contentsOf, indexedPaths, indexFiles, normalizeFiles, withContents } from './definition-files.ts';
import type { KindFormat } from './kind-format.ts';
import { localPaths } from './local-paths.ts';
import { textOf } from './text-of.ts';

const INDEX_NAME = '.postman-spec.json';
const VOLATILE = new Set(['uid', 'owner', 'createdAt', 'updatedAt', 'createdBy', 'updatedBy']);

export const specs: KindFormat = {
  suffix: '.spec',
  /** One file is the root: a spec of none is an answer that was cut short. */
  isBody: ({ id, files }) =>
    typeof id === 'string' && (isObject(files) || Array.isArray(files)) && Object.keys(files).length > 0,
  uuidOf: (spec) => bareUuid(textOf(spec, 'id')),
  nameOf: (spec) => textOf(spec, 'name'),
  normalize: (spec, { uuid }) => ({
    ...omit(spec, VOLATILE),
    id: uuid,
    files: normalizeFiles(spec['files']),
  }),
  countItems: ({ files }) => (isObject(files) ? Object.keys(files).length : 0),
  folder: {
    indexName: INDEX_NAME,
    pathsIn: ({ files }) => indexedPaths(files),
    filesOf(spec) {
      const contents = contentsOf(spec['files']);
      const placed = contents.map(({ path }) => ({ key: path, path }));
      const paths = localPaths(placed, [INDEX_NAME]);
      const localPath = (path: string) => paths.get(path);
      return [
        { path: INDEX_NAME, content: { ...spec, files: indexFiles(spec['files'], localPath) } },
        ...contents.map(({ path, content }) => ({ path: localPath(path) ?? path, content })),
      ];
    },
    withContents: (spec, files) => ({ ...spec, files: withContents(spec['files'], files) }),
  },
};
