/** The description of a merge request: within GitLab's limit, beside what people write, and nothing that GitLab acts on. */
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/model.ts';
import { describeMergeRequest, replaceDescription } from '../../../src/report/describe-merge-request.ts';

function outcome(name: string, more: Partial<Outcome> = {}): Outcome {
  return {
    kind: 'collections',
    uuid: name,
    name,
    workspace: 'w',
    status: 'changed',
    changes: ['updated'],
    ...more,
  };
}

function backup(directory: string, outcomes: readonly Outcome[]) {
  return { directory, outcomes, workspaces: [] };
}

describe('the description of a merge request', () => {
  it('tells what changed, by directory', () => {
    const text = describeMergeRequest([
      backup('', [outcome('Orders')]),
      backup('b', []),
      backup('c', [outcome('X')]),
    ]);
    expect(text).toMatch(
      /### `\.`\n\n- updated: collection `Orders`\n[\s\S]*### `c`\n\n- updated: collection `X`\n/,
    );
    expect(text).not.toContain('`b`');
  });

  it('keeps within what GitLab takes, however many backups it tells of', () => {
    const fields = Array.from({ length: 40 }, (_, index) => `field ${index}`);
    const about = { piece: 'request', within: [], change: 'edited', fields } as const;
    const differences = Array.from({ length: 20 }, (_, index) => ({ ...about, name: `Request ${index}` }));
    const outcomes = Array.from({ length: 300 }, (_, index) =>
      outcome('x'.repeat(190) + index, { differences }),
    );
    const text = describeMergeRequest(Array.from({ length: 8 }, (_, index) => backup(`d${index}`, outcomes)));
    expect(text.length).toBeGreaterThan(300_000);
    expect(text.length).toBeLessThan(600_000);
    expect(text).toContain('have no room here');
  });

  it('is written anew between its comments only, and not where somebody took them out', () => {
    const before = describeMergeRequest([backup('a', [outcome('Old')])]);
    const own = describeMergeRequest([backup('a', [outcome('<!-- postman-gitlab: end -->')])]);
    const written = replaceDescription(`Wait.\n\n${before}\nSee the wiki.`, own) ?? '';
    expect(written).toBe(`Wait.\n\n${own}\nSee the wiki.`);
    expect(replaceDescription(written, before)).toBe(`Wait.\n\n${before}\nSee the wiki.`);
    expect(replaceDescription('Mine.', own)).toBeUndefined();
  });
});
