/** What changed in each resource, as Markdown: for report.md, and for whatever else people read in GitLab. */

import { describeRest, groupDifferences, type Quote, summarizeDifferences } from '../describe-differences.ts';
import { nameOfKind } from '../kind-name.ts';
import type { Outcome } from '../model.ts';
import { codeSpan } from './markdown.ts';

// A reader sees the next resource without scrolling far.
const MAX_OPEN_LINES = 15;

/**
 * @param outcomes passed through `maskReport`, or made of masked names.
 * @param options.maxBytes of the text: resources that have no room are told in short, or counted.
 * @param options.quote makes a name fit for where the text goes.
 * @returns a section for each resource of which something is known; empty when there is none.
 */
export function renderChanges(
  outcomes: readonly Outcome[],
  { maxBytes, quote = codeSpan }: { readonly maxBytes: number; readonly quote?: Quote },
): string {
  const told = outcomes.filter((one) => one.differences !== undefined || one.notCompared !== undefined);
  const tailOf = (left: number) => (left === 0 ? '' : `… and ${left} more that have no room here\n`);
  let text = '';
  for (const [index, outcome] of told.entries()) {
    const room = maxBytes - Buffer.byteLength(text) - Buffer.byteLength(tailOf(told.length));
    const section = [renderFull(outcome, quote), renderShort(outcome, quote)].find(
      (one) => Buffer.byteLength(one) <= room,
    );
    if (section === undefined) {
      return text + tailOf(told.length - index);
    }
    text += section;
  }
  return text;
}

function renderFull(outcome: Outcome, quote: Quote): string {
  const groups = groupDifferences(outcome, quote);
  const lines = [
    ...groups.flatMap(({ title, lines: its }) => [`- ${title}:`, ...its.map((line) => `  - ${line}`)]),
    ...describeRest(outcome).map((line) => `- ${line}`),
  ];
  const count = outcome.differences?.length ?? 0;
  // Without the empty lines the list inside would be read as HTML.
  const body =
    lines.length <= MAX_OPEN_LINES
      ? lines
      : ['<details>', `<summary>${count} differences</summary>`, '', ...lines, '', '</details>'];
  return section(outcome, body, quote);
}

function renderShort(outcome: Outcome, quote: Quote): string {
  const lines = summarizeDifferences(outcome, quote).map((line) => `- ${line}`);
  return section(outcome, lines, quote);
}

function section({ kind, name }: Outcome, body: readonly string[], quote: Quote): string {
  return `#### ${nameOfKind(kind)} ${quote(name)}\n\n${body.join('\n')}\n\n`;
}
