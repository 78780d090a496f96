/**
 * The register of kinds as files: a new kind is one file beside this one and one line here. Where the end of a file's
 * name is looked up, the first that fits counts: the plain `.json` of workspaces comes last.
 */
import type { Kind } from '../../model.ts';
import { apis } from './apis.ts';
import { collections } from './collections.ts';
import { environments } from './environments.ts';
import { globals } from './globals.ts';
import type { KindFormat } from './kind-format.ts';
import { mocks } from './mocks.ts';
import { monitors } from './monitors.ts';
import { specs } from './specs.ts';
import { workspaces } from './workspaces.ts';

export const kindFormats = {
  collections,
  environments,
  globals,
  specs,
  apis,
  mocks,
  monitors,
  workspaces,
} satisfies Record<Kind, KindFormat>;
