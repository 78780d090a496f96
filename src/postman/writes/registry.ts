/** The register of kinds as what can be written: a new kind is one file beside this one and one line here. */
import type { Kind } from '../../model.ts';
import { apis } from './apis.ts';
import { collections } from './collections.ts';
import { environments } from './environments.ts';
import { globals } from './globals.ts';
import type { KindWrites } from './kind-writes.ts';
import { mocks } from './mocks.ts';
import { monitors } from './monitors.ts';
import { specs } from './specs.ts';
import { workspaces } from './workspaces.ts';

export const kindWrites: Record<Kind, KindWrites> = {
  collections,
  environments,
  globals,
  specs,
  apis,
  mocks,
  monitors,
  workspaces,
};
