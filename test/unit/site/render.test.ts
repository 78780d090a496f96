/** What the pages show of a history. */
import { describe, expect, it } from 'vitest';
import type { Commit, Shelf } from '../../../src/site/model.ts';
import { renderOverview } from '../../../src/site/render-overview.ts';
import { renderResource } from '../../../src/site/render-resource.ts';

const now = new Date('2026-03-10T12:00:00Z');
const commit: Commit = {
  ...{ id: 'c1', date: new Date('2026-03-09T12:00:00Z'), author: 'Ann', subject: 'Back up' },
};
const shelf: Shelf = { branch: 'main', directory: 'a', commits: [commit], last: commit, resources: [] };

describe('the overview', () => {
  const page = (...shelves: readonly Shelf[]) => renderOverview({ label: 'acme', now, backups: [], shelves });

  it('counts a commit once, however many backups and branches have it', () => {
    const once = /\d+ (?:commit|change)s?/.exec(page(shelf))?.[0];

    expect(once).toBeDefined();
    expect(page(shelf, { ...shelf, directory: 'b' }, { ...shelf, branch: 'other' })).toContain(`${once}`);
  });
});

describe('a shelf', () => {
  it('says when a part of its last run failed', () => {
    const overview = (last: Commit) =>
      renderOverview({ label: 'acme', now, backups: [], shelves: [{ ...shelf, last }] });

    expect(overview({ ...commit, failed: 30 })).toContain('30 resources of this branch failed');
    expect(overview(commit)).not.toContain('failed');
  });
});

describe('the page of a resource', () => {
  it('shows each line of its history whole', () => {
    const line = `requests: changed "${'x'.repeat(190)}" in "${'y'.repeat(190)}": method`;
    const holding = {
      ...{ kind: 'collections' as const, uuid: 'u', name: 'Orders', workspace: 'W', path: 'a/o.json' },
      ...{ branch: 'main', directory: 'a', isArchived: false, commits: [commit] },
    };

    const page = renderResource(
      {
        ...{ holdings: [holding], backups: [], olderChanges: 0, content: { type: 'none' } },
        changes: [{ commit, differences: [line] }],
      },
      { label: 'acme', now },
    );

    expect(page).toContain(line.replaceAll('"', '&quot;'));
  });
});
