/** A name from Postman, in a text on which GitLab acts: a commit message, the description of a merge request. */
import { printable } from './printable.ts';

// GitLab acts on these wherever they stand in a message: it skips pipelines, and closes issues ("Fixes #12").
const COMMAND_STARTS = /\[(?=(?:ci[ _-]skip|skip[ _-]ci)\])|#(?=\d)/gi;
// The words that close an issue, before its address or the key of a Jira issue (GitLab's default pattern; the words
// need not stand alone, and a code span does not hide them).
const CLOSING =
  /((?:clos(?:e[sd]?|ing)|fix(?:e[sd]|ing)?|resolv(?:e[sd]?|ing)|implement(?:s|ed|ing)?):?)(?= +(?:issues? +)?(?:\S*#|https?:|[A-Z][A-Z0-9_]*-\d))/gi;

/** @returns the name on one line, such that it makes GitLab do nothing. */
export function inert(name: string, maxLength?: number): string {
  return printable(name, maxLength).replace(COMMAND_STARTS, '$& ').replace(CLOSING, '$1 ·');
}
