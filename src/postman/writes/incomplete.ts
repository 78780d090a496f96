/** What became of a resource that is in Postman and not whole. */
import { KnownError } from '../../errors.ts';
import type { ResourceRef } from '../../model.ts';
import { printable } from '../../printable.ts';

export type MissingPart = {
  /** Where it is: names of folders, of the request and of the example; a path of a spec's file. */
  readonly part: string;
  /** Why, when it was refused; the others were not reached. */
  readonly reason?: string;
};

// More than fit on a screen say no more than their number.
const SHOWN = 10;

/** POSTMAN_WRITE_INCOMPLETE, with all that is in and all that is not. */
export class IncompleteWrite extends KnownError {
  readonly ref: ResourceRef;
  readonly present: readonly string[];
  readonly missing: readonly MissingPart[];

  constructor(
    ref: ResourceRef,
    parts: { readonly present: readonly string[]; readonly missing: readonly MissingPart[] },
    cause?: KnownError,
  ) {
    super('POSTMAN_WRITE_INCOMPLETE', describe(ref, parts, cause), cause === undefined ? {} : { cause });
    this.ref = ref;
    this.present = parts.present;
    this.missing = parts.missing;
  }
}

function describe(
  { name }: ResourceRef,
  { present, missing }: Pick<IncompleteWrite, 'present' | 'missing'>,
  cause: KnownError | undefined,
): string {
  const shown = missing.slice(0, SHOWN).map(({ part, reason }) => {
    const because = reason === undefined ? '' : ` (${reason})`;
    return `"${printable(part)}"${because}`;
  });
  const more = missing.length > SHOWN ? ` and ${missing.length - SHOWN} more` : '';
  const why = cause === undefined ? '' : ` ${cause.message}`;
  const of = `Missing are ${missing.length} of ${missing.length + present.length} parts: ${shown.join(', ')}${more}.`;
  return `"${printable(name)}" is in Postman, but not whole. ${of}${why}`;
}
