/** The page to search on: it alone holds the index, so that no other page is slower for it. */
import { html } from '@remix-run/html-template';
import { nameOfKind } from '../kind-name.ts';
import { OVERVIEW, pagePath, SEARCH } from './links.ts';
import type { Content, Holding, Item, Site } from './model.ts';
import { renderPage } from './render-page.ts';
import { searchScript } from './search-script.ts';
import { shownName } from './text.ts';

/** What the index knows of one page: name, kind, workspace, path, and its requests. */
export type SearchEntry = readonly [string, string, string, string, readonly RequestEntry[]];
type RequestEntry = readonly [method: string, name: string, url: string, anchor: string];

// Enough to find it by.
const MAX_URL = 120;

export function searchEntry(holding: Holding, content: Content): SearchEntry {
  const { kind, name, workspace } = holding;
  const requests = content.type === 'collection' ? content.items.flatMap(requestsIn) : [];
  return [shownName(name), nameOfKind(kind), shownName(workspace), pagePath(holding), requests];
}

function requestsIn(item: Item): readonly RequestEntry[] {
  return item.type === 'folder'
    ? item.items.flatMap(requestsIn)
    : [
        [
          shownName(item.method).slice(0, 10),
          shownName(item.name),
          shownName(item.url).slice(0, MAX_URL),
          item.anchor,
        ],
      ];
}

export function renderSearch(
  { label, now }: Pick<Site, 'label' | 'now'>,
  pages: readonly SearchEntry[],
): string {
  // A data block: no script. The one sequence that could end it, or open a comment, is spelled otherwise.
  const index = JSON.stringify({ pages }).replaceAll('<', '\\u003c');
  const main = html`<h1>Search</h1>
<p id="without">Searching needs JavaScript. The <a href="${OVERVIEW}">overview</a> lists everything, and every page reads without it.</p>
<div id="with" hidden>
<label for="search">Collections, requests, addresses</label>
<input class="search" id="search" type="search" autocomplete="off" spellcheck="false">
<p class="muted" id="count" role="status"></p>
<ol class="results" id="results"></ol>
</div>
${html.raw`<script type="application/json" id="index">${index}</script>`}`;
  return renderPage({ path: SEARCH, title: 'Search', label, now, main, script: searchScript });
}
