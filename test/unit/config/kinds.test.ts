/** The words of `kinds`, and what they stand for. */
import { describe, expect, it } from 'vitest';
import { loadBackup, problemsOf, withFlags } from './load-with.ts';

const all = [
  ...['collections', 'environments', 'globals', 'specs', 'apis', 'mocks', 'monitors'],
  'workspaces',
];
const WORDS = 'collections, environments, globals, specs, apis, mocks, monitors, all';

describe('the kinds', () => {
  const both = ['collections', 'environments'];
  it.each([
    ['nothing is said', {}, both],
    ['a collection is named', { collection: ['Orders'] }, ['collections']],
    ['a file name is given', { collection: ['Orders'], filename: 'orders' }, ['collections']],
    ['they are named together with a collection', { collection: ['Orders'], kinds: both }, both],
    ['they are written with a comma', { kinds: [' environments,collections '] }, both],
    ['they are written twice', { kinds: ['specs, specs', 'specs'] }, ['specs']],
    ['one is named', { kinds: ['environments'] }, ['environments']],
    ['all are', { kinds: ['all'] }, all],
    ['all are, and one besides', { kinds: ['mocks, all'] }, all],
    ['each is named', { kinds: all.filter((kind) => kind !== 'workspaces') }, all.slice(0, -1)],
  ])('are, when %s', (_, flags, expected) => {
    expect(loadBackup({ flags }).kinds).toEqual(expected);
  });

  it('are not none because a list in the file is empty', () => {
    expect(loadBackup({ file: 'defaults: {kinds: [], collection: []}' }).kinds).toEqual(both);
  });

  it('are refused when they are unknown, with the nearest', () => {
    expect(problemsOf(withFlags({ kinds: ['collection', 'mocks,', 'x-ray, mock', 'workspaces'] }))).toEqual([
      `--kinds: \`kinds\`: there is no kind "collection", only ${WORDS}. Did you mean "collections"?`,
      `--kinds: \`kinds\`: there is no kind "", only ${WORDS}.`,
      `--kinds: \`kinds\`: there is no kind "x-ray", "mock", only ${WORDS}. Did you mean "mocks"?`,
      expect.stringMatching(/there is no kind "workspaces", only/),
    ]);
  });

  it('are refused with the place of each item', () => {
    const file = 'defaults:\n  kinds:\n    - specs\n    - mock\n    - 7\n';
    expect(problemsOf({ file })).toEqual([
      expect.stringMatching(/^\.postman-gitlab\.yml:4:7: `kinds`: there is no kind "mock"/),
      `.postman-gitlab.yml:5:7: \`kinds\` must be one of ${WORDS}, or a list of them.`,
    ]);
  });
});
