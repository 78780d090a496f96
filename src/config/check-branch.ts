/** Whether a text can be the name of a branch. */
import { printable } from '../printable.ts';
import { placeOf } from './layer.ts';
import { located, type Problems } from './problems.ts';
import type { Asked } from './values.ts';

const UNSAFE_BRANCH = /^refs\/|[\s~^:?*[\\\p{Cc}]|\.\.|@\{|^@?$|^[-/.]|\/\/|\/\.|[/.]$|\.lock(\/|$)/u;

/** What `git check-ref-format --branch` refuses, near enough; git and GitLab have the last word. */
export function checkBranch(
  name: 'branch' | 'source-branch',
  branch: string,
  { given }: Asked,
  problems: Problems,
): string {
  if (UNSAFE_BRANCH.test(branch)) {
    const problem = `\`${name}\`: "${printable(branch)}" is no branch name that git takes.`;
    problems.add(located(placeOf(given, name), problem));
  }
  return branch;
}
