/** What changed, as Markdown: grouped, folded when long, never over its limit, and nothing that comes alive. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Difference, Outcome } from '../../../src/model.ts';
import { renderChanges } from '../../../src/report/render-changes.ts';
import { anOutcome } from './sample-report.ts';

const ROOM = { maxBytes: 100_000 };

function edited(count: number, name: string = 'Ping'): Outcome {
  const differences = Array.from(
    { length: count },
    (): Difference => ({ piece: 'request', name, within: ['Old'], change: 'edited', fields: ['URL'] }),
  );
  return anOutcome({ status: 'changed', changes: ['updated'], differences });
}

describe('the Markdown of changes', () => {
  it('has a section for each resource, and a list for each group', () => {
    expect(
      renderChanges([edited(1), anOutcome(), anOutcome({ notCompared: 'size', name: 'Huge' })], ROOM),
    ).toBe(
      [
        ...['#### collection `Orders`', '', '- requests:', '  - changed `Ping` in `Old`: URL', ''],
        ...['#### collection `Huge`', '', '- not compared: it is too large', '', ''],
      ].join('\n'),
    );
  });

  it('folds what is long', () => {
    const text = renderChanges([edited(40)], ROOM);
    expect(text).toContain('<details>\n<summary>40 differences</summary>\n\n- requests:\n');
    expect(text.match(/ {2}- changed/g)).toHaveLength(40);
    expect(renderChanges([edited(5)], ROOM)).not.toContain('<details>');
  });

  it('is empty when nothing is known', () => {
    expect(renderChanges([anOutcome({ status: 'changed', changes: ['renamed'] })], ROOM)).toBe('');
  });

  it('tells in short, then only counts, what has no room', () => {
    const many = [edited(2), edited(500), edited(2), edited(2)];
    const text = renderChanges(many, { maxBytes: 340 });
    expect(text).toContain('and 497 more');
    expect(text).toMatch(/… and 2 more that have no room here\n$/);
  });

  it('never takes more bytes than it may, and lets no name out of its code span', () => {
    const name = fc.constantFrom('\n# x', '`', '<script>', '@all', '!1', '**', '</details>', 'é🚀', '| x |');
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.nat({ max: 30 }),
            fc.array(name).map((parts) => parts.join('')),
          ),
        ),
        fc.integer({ min: 200, max: 5000 }),
        (some, maxBytes) => {
          const text = renderChanges(
            some.map(([count, its]) => edited(count, its)),
            { maxBytes },
          );
          expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxBytes);
          const outside = text.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
          expect(outside).not.toMatch(/<script|@all|!1|\*\*|🚀|\|/);
        },
      ),
    );
  });
});
