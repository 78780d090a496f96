/** A workspace's description of itself as a file: what people wrote about it, and not what is in it. */
import type { KindFormat } from './kind-format.ts';
import { textOf } from './text-of.ts';

// The rest of the answer changes by itself: who did what when, and lists of what is backed up by its own kind.
const KEPT = ['name', 'type', 'visibility', 'description', 'about'];

export const workspaces: KindFormat = {
  suffix: '.json',
  stem: 'workspace',
  isBody: (workspace) =>
    textOf(workspace, 'id') !== undefined &&
    textOf(workspace, 'name') !== undefined &&
    (textOf(workspace, 'type') ?? textOf(workspace, 'visibility')) !== undefined,
  uuidOf: (workspace) => textOf(workspace, 'id'),
  nameOf: (workspace) => textOf(workspace, 'name'),
  normalize(workspace, { uuid }) {
    const kept = KEPT.filter((key) => Object.hasOwn(workspace, key)).map((key) => [key, workspace[key]]);
    return { id: uuid, ...Object.fromEntries(kept) };
  },
};
