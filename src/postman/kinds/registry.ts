/** The register of kinds as API endpoints: a new kind is one file beside this one and one line here. */
import type { Kind, ResourceRef, Workspace } from '../../model.ts';
import type { Get } from '../source.ts';
import { collections } from './collections.ts';
import { environments } from './environments.ts';

export type Listed = {
  readonly refs: readonly ResourceRef[];
  /** Why this is not all, or may not be. */
  readonly doubt?: string;
};

export type KindEndpoints = {
  /** Path of one resource, without its uid. */
  readonly path: string;
  /** The key under which an answer holds the resource. */
  readonly envelope: string;
  list(get: Get, workspace: Workspace): Promise<Listed>;
};

export const kindEndpoints = { collections, environments } satisfies Record<Kind, KindEndpoints>;
