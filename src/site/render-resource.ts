/** The page of one resource: what it is, where it is backed up, how it changed, and what is in it. */
import { html, type SafeHtml } from '@remix-run/html-template';
import { nameOfKind } from '../kind-name.ts';
import { pagePath } from './links.ts';
import type { Change, Content, Holding, ResourcePage, Site, Variable } from './model.ts';
import { renderActivity } from './render-activity.ts';
import { renderBackups } from './render-backups.ts';
import { renderCollection, renderContents } from './render-collection.ts';
import { renderAge, renderCommit, renderTime } from './render-commit.ts';
import { renderPage } from './render-page.ts';
import { counted, shownName } from './text.ts';

export function renderResource(page: ResourcePage, { label, now }: Pick<Site, 'label' | 'now'>): string {
  const [holding] = page.holdings;
  const { kind, name, workspace, isArchived, commits } = holding;
  const { content } = page;
  const main = html`<p class="crumbs">${shownName(workspace)} · ${nameOfKind(kind)}</p>
<h1><bdi>${shownName(name)}</bdi>${isArchived ? html` <span class="tag">archived</span>` : ''}</h1>
${commits[0] === undefined ? '' : html`<p class="lead">Last change: ${renderAge(commits[0].date, now)}, ${renderCommit(commits[0])}</p>`}
${renderContent(content)}
${renderPlaces(page)}
${renderHistory(page, now)}`;
  const path = pagePath(holding);
  const contents =
    content.type === 'collection' && content.items.length > 0
      ? { contents: renderContents(content.items) }
      : {};
  return renderPage({ path, title: name, label, now, main, ...contents });
}

function renderContent(content: Content): SafeHtml | string {
  switch (content.type) {
    case 'collection':
      return renderCollection(content, renderVariables(content.variables));
    case 'variables':
      return renderVariables(content.variables);
    case 'files':
      return html`<section aria-labelledby="files"><h2 id="files">Files</h2>
<ul class="files">${content.files.map((file) => html`<li><code>${shownName(file)}</code></li>`)}</ul></section>`;
    case 'none':
      return content.reason === undefined ? '' : html`<p class="note">${content.reason}</p>`;
  }
}

function renderVariables(variables: readonly Variable[]): SafeHtml | string {
  if (variables.length === 0) {
    return '';
  }
  return html`<section aria-labelledby="variables"><h2 id="variables">Variables</h2>
<p class="muted">Names only: their values are not part of these pages.</p>
<div class="wide" tabindex="0" role="group" aria-label="Variables">
<table><thead><tr><th scope="col">Name</th><th scope="col">Type</th></tr></thead><tbody>
${variables.map(
  ({ name, sort, disabled }) => html`<tr><td><code>${shownName(name)}</code>${
    disabled ? html` <span class="tag">disabled</span>` : ''
  }</td><td>${shownName(sort)}</td></tr>
`,
)}</tbody></table></div></section>`;
}

/** The backups of one resource: its places in the repository, and the configuration that leads there. */
function renderPlaces({ holdings, backups }: ResourcePage): SafeHtml {
  return html`<section aria-labelledby="places"><h2 id="places">Where it is backed up</h2>
<ul class="places">${holdings.map(renderPlace)}</ul>
${backups.length === 0 ? '' : renderBackups(backups, 'Backups configured for these places')}</section>`;
}

function renderPlace({ branch, path }: Holding, index: number): SafeHtml {
  const shown = index === 0 ? '' : html` <span class="muted">(not the one shown here)</span>`;
  return html`<li><code><bdi>${shownName(path)}</bdi></code> on ${shownName(branch)}${shown}</li>`;
}

function renderHistory({ holdings: [holding], changes, olderChanges }: ResourcePage, now: Date): SafeHtml {
  const dates = holding.commits.map(({ date }) => date);
  return html`<section aria-labelledby="history"><h2 id="history">History</h2>
${renderActivity(dates, now)}
<ol class="history">${changes.map(renderChange)}</ol>
${olderChanges === 0 ? '' : html`<p class="muted">${counted(olderChanges, 'older change')}: see the history of the file in GitLab.</p>`}</section>`;
}

function renderChange({ commit, differences }: Change): SafeHtml {
  return html`<li><p>${renderTime(commit.date)}, ${renderCommit(commit)} by <bdi>${shownName(commit.author)}</bdi></p>
<p class="subject"><bdi>${shownName(commit.subject)}</bdi></p>
${differences.length === 0 ? '' : html`<ul>${differences.map((line) => html`<li><bdi>${line}</bdi></li>`)}</ul>`}</li>
`;
}
