/** What a run's calls were for, in the words of the bridge that made them. */
import { expect, it } from 'vitest';
import { gitlabCallKind } from '../../src/gitlab/call-kind.ts';
import { postmanCallKind } from '../../src/postman/call-kind.ts';

it.each([
  ['me', 'me'],
  ['workspaces', 'lists'],
  ['collections', 'lists'],
  ['specs', 'lists'],
  ['workspaces/1f0d', 'workspaces'],
  ['workspaces/1f0d/global-variables', 'globals'],
  ['collections/48211907-1f0d', 'collections'],
  ['specs/1f0d/files/index.json', 'specs'],
  ['apis/1f0d/schemas/2/files', 'apis'],
  ['collection-updates-tasks/1f0d', 'tasks'],
  ['group/of/tomorrow', 'other'],
])('Postman is asked with %s for %s', (path, kind) => {
  expect(postmanCallKind(path)).toBe(kind);
});

it('what changes something in Postman is a write, whatever it is', () => {
  expect(postmanCallKind('collections/1f0d', 'PUT')).toBe('writes');
});

it.each([
  ['projects/42', 'project'],
  ['projects/team%2Fbackup', 'project'],
  ['projects/42/repository/branches/main', 'branches'],
  ['projects/42/repository/tree', 'tree'],
  ['projects/42/repository/merge_base', 'merge_base'],
  ['projects/42/merge_requests/7/merge', 'merge_requests'],
  ['users', 'users'],
  ['projects/42/repository/blobs/1f0d/raw', 'blobs'],
  ['projects/42/repository/files/tree%2Fa.json', 'files'],
  ['projects/42/repository/commits', 'commits'],
  ['projects/42/members', 'other'],
])('GitLab is asked with %s for %s', (path, kind) => {
  expect(gitlabCallKind(path)).toBe(kind);
});
