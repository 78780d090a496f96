/** Judges one resource of a backup by what was read of it and of Postman. */
import type { JsonObject } from '../../json.ts';
import type { Kind } from '../../model.ts';
import type { ComparedWithPostman, VerifiedResource } from '../../verified.ts';
import { boundDifferences } from '../compare/bound-differences.ts';
import { compareResources } from '../compare/compare-resources.ts';

type About = Pick<VerifiedResource, 'kind' | 'uuid' | 'name' | 'workspace' | 'path'>;

/** What was read of a resource in the repository. */
export type ReadResource =
  | {
      /** Whether its files are those that the manifest names. */
      readonly isAsWritten: boolean;
      readonly toFillIn: readonly string[];
      /** Places that are not as the format of Postman describes it. */
      readonly misfits: readonly string[];
    }
  | { readonly code: string; readonly problem: string };

/** What Postman says of it; `there` holds both sides in the same form, secrets taken out. */
export type AskedPostman =
  | Exclude<ComparedWithPostman, { state: 'newer' }>
  | {
      readonly state: 'there';
      readonly changedAt?: string;
      /** Absent: too large to be compared. */
      readonly sides?: { readonly backup: JsonObject; readonly postman: JsonObject };
    };

const MAX_REMARKS = 5;

/** No API takes these back: an API of API Builder is only read. */
const KEPT: ReadonlySet<Kind> = new Set(['apis']);

export function judgeResource(about: About, read: ReadResource, asked: AskedPostman): VerifiedResource {
  const postman = comparePostman(about.kind, asked);
  if ('problem' in read) {
    const { code, problem } = read;
    return { ...about, state: 'broken', code, problem, isEdited: false, toFillIn: 0, remarks: [], postman };
  }
  return {
    ...about,
    state: KEPT.has(about.kind) ? 'kept' : 'restorable',
    isEdited: !read.isAsWritten,
    toFillIn: read.toFillIn.length,
    remarks: describeMisfits(read.misfits),
    postman,
  };
}

function comparePostman(kind: Kind, asked: AskedPostman): ComparedWithPostman {
  if (asked.state !== 'there') {
    return asked;
  }
  const { changedAt, sides } = asked;
  return {
    state: 'newer',
    ...(changedAt === undefined ? {} : { changedAt }),
    ...(sides === undefined ? {} : compareSides(kind, sides)),
  };
}

function compareSides(kind: Kind, { backup, postman }: { backup: JsonObject; postman: JsonObject }) {
  try {
    const { differences, more } = boundDifferences(compareResources(kind, backup, postman));
    return { differences, ...(more === 0 ? {} : { moreDifferences: more }) };
  } catch (error) {
    // Nested too deeply: that it differs is known.
    if (error instanceof RangeError) {
      return {};
    }
    throw error;
  }
}

function describeMisfits(misfits: readonly string[]): readonly string[] {
  const shown = misfits.slice(0, MAX_REMARKS);
  const rest = misfits.length > shown.length ? [`… and ${misfits.length - shown.length} more`] : [];
  return [...shown, ...rest];
}
