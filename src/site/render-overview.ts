/** The first page: what is configured, what is there, how lately it changed. */

import { html, type SafeHtml } from '@remix-run/html-template';
import { groupBy } from '../group-by.ts';
import { nameOfKind } from '../kind-name.ts';
import { OVERVIEW, pagePath } from './links.ts';
import type { Holding, Shelf, Site } from './model.ts';
import { renderActivity } from './render-activity.ts';
import { renderBackups } from './render-backups.ts';
import { renderAge, renderCommit, renderTime } from './render-commit.ts';
import { renderPage } from './render-page.ts';
import { counted, shownName } from './text.ts';

export function renderOverview(site: Site): string {
  const { label, now, backups, shelves } = site;
  // Backups of one branch share its commits, and branches have those in common from which they went apart.
  const commits = new Map(shelves.flatMap((shelf) => shelf.commits.map(({ id, date }) => [id, date])));
  const main = html`<h1>${shownName(label)}</h1>
<p class="lead">${describeTotals(shelves)}</p>
${renderActivity([...commits.values()], now)}
<section aria-labelledby="configured">
<h2 id="configured">Configured backups</h2>
${
  backups.length === 0
    ? html`<p>Nothing is configured in a file or a variable of this project. What lies in the repository is shown below.</p>`
    : renderBackups(backups, 'Configured backups')
}
</section>
${shelves.map((shelf, index) => renderShelf(shelf, index, now))}
${shelves.length === 0 ? html`<p>There is no backup on the branch yet.</p>` : ''}`;
  return renderPage({ path: OVERVIEW, title: 'Overview', label, now, main });
}

function describeTotals(shelves: readonly Shelf[]): string {
  const counts = new Map<string, Set<string>>();
  for (const { kind, uuid } of shelves.flatMap(({ resources }) => resources)) {
    counts.set(kind, (counts.get(kind) ?? new Set()).add(uuid));
  }
  return [...counts].map(([kind, ids]) => `${ids.size} ${kind}`).join(', ');
}

function renderShelf({ branch, directory, last, resources }: Shelf, index: number, now: Date): SafeHtml {
  const id = `shelf-${index + 1}`;
  const workspaces = groupBy(resources, ({ workspace }) => workspace);
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${directory === '' ? 'The whole repository' : shownName(directory)} <span class="muted">on ${shownName(branch)}</span></h2>
<p class="health">${
    last === undefined
      ? 'No commit of a backup is known.'
      : html`Last commit of a backup: ${renderAge(last.date, now)}, ${renderCommit(last)}${
          last.runId === undefined ? '' : html`, run ${shownName(last.runId)}`
        }. A run that finds nothing new makes no commit.`
  }</p>
${last?.failed === undefined ? '' : html`<p class="note">In that run ${counted(last.failed, 'resource')} of this branch failed: what is shown of them is an earlier backup, or nothing.</p>`}
${[...workspaces].map(([workspace, held]) => renderWorkspace(workspace, held))}
</section>`;
}

function renderWorkspace(workspace: string, resources: readonly Holding[]): SafeHtml {
  return html`<h3>${shownName(workspace)} <span class="muted">${counted(resources.length, 'resource')}</span></h3>
<div class="wide" tabindex="0" role="group" aria-label="${shownName(workspace)}">
<table class="resources">
<thead><tr><th scope="col">Name</th><th scope="col">Kind</th><th scope="col" class="number">Items</th><th scope="col">Last change</th></tr></thead>
<tbody>
${resources.map(renderRow)}</tbody>
</table>
</div>`;
}

function renderRow(holding: Holding): SafeHtml {
  const { kind, name, items, isArchived, commits } = holding;
  const [last] = commits;
  return html`<tr><td><a href="${pagePath(holding)}"><bdi>${shownName(name)}</bdi></a>${
    isArchived ? html` <span class="tag">archived</span>` : ''
  }</td><td>${nameOfKind(kind)}</td><td class="number">${items ?? ''}</td><td>${
    last === undefined ? '' : renderTime(last.date)
  }</td></tr>
`;
}
