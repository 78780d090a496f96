/** The register of kinds as files: a new kind is one file beside this one and one line here. */
import type { Kind } from '../../model.ts';
import { collections } from './collections.ts';
import { environments } from './environments.ts';
import type { KindFormat } from './kind-format.ts';

export const kindFormats = { collections, environments } satisfies Record<Kind, KindFormat>;
