/** `allow-secrets`: what somebody looked at and found to be no secret. */
import picomatch from 'picomatch';
import type { AllowedSecret, Finding, ResourceRef } from '../../model.ts';

/** @returns whether a finding in this resource is allowed. */
export function allowanceFor(
  ref: Pick<ResourceRef, 'uuid' | 'uid' | 'name'>,
  allowed: readonly AllowedSecret[],
): (finding: Finding) => boolean {
  const matchers = allowed
    .filter(({ resource }) => isMeant(resource, ref))
    .map(({ what }) => matcherOf(what));
  return (finding) => matchers.some((matches) => matches(finding));
}

function isMeant(resource: string, { uuid, uid, name }: Pick<ResourceRef, 'uuid' | 'uid' | 'name'>): boolean {
  return resource === uuid || resource === uid || resource === name || globOf(resource)(name);
}

function matcherOf(what: string): (finding: Finding) => boolean {
  if (!what.startsWith('$')) {
    const matches = globOf(what);
    return ({ rule }) => rule === what || matches(rule);
  }
  // In a path only `*` and `?` are signs of a glob: brackets, braces and quotes are parts of paths.
  const matches = globOf(what.replace(/[\\[\](){}!+@$|"'^]/g, '\\$&'));
  return ({ path }) => path === what || matches(path);
}

/** As names are selected: `*` crosses a slash, a leading dot is ordinary, `!` is a character. */
function globOf(glob: string): (text: string) => boolean {
  return picomatch(glob, { bash: true, dot: true, nonegate: true });
}
