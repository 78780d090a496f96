/** Tells whether a backup is older than somebody allows. */
import type { VerifiedResource } from '../../verified.ts';

type Age = {
  /** When its newest commit was made; absent when there is none. */
  readonly newest: Date | undefined;
  readonly resources: readonly Pick<VerifiedResource, 'postman'>[];
  /** Whether everything was compared with Postman. */
  readonly isCompared: boolean;
  readonly now: Date;
  /** Milliseconds. */
  readonly maxAge: number;
};

/**
 * A run that finds no change makes no commit: so an old commit alone says nothing, as long as Postman can be asked. What
 * counts is a change that Postman has had for longer than allowed, and the backup has not.
 */
export function isOverdue({ newest, resources, isCompared, now, maxAge }: Age): boolean {
  const isOld = (date: Date | undefined) => date === undefined || now.getTime() - date.getTime() > maxAge;
  if (!isOld(newest)) {
    return false;
  }
  return !isCompared || resources.some(({ postman }) => postman.state === 'newer' && isOld(dateOf(postman)));
}

/** A list may show the date of an edit before the last one: then the change is not as old, and rather told than not. */
function dateOf({ changedAt }: { readonly changedAt?: string }): Date | undefined {
  return changedAt === undefined ? undefined : new Date(changedAt);
}
