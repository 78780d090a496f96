/** What one resource of a kind is called in a sentence. */
import type { Kind } from './model.ts';

const NAMES: Readonly<Record<Kind, string>> = {
  collections: 'collection',
  environments: 'environment',
  globals: 'globals',
  specs: 'spec',
  apis: 'API',
  mocks: 'mock',
  monitors: 'monitor',
  workspaces: 'workspace',
};

/** @returns `collection`, `environment` …; a kind of another version's manifest as it stands there. */
export function nameOfKind(kind: Kind): string {
  return Object.hasOwn(NAMES, kind) ? NAMES[kind] : kind;
}
