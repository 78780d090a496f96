/** Commits and moments, as pages name them. */
import { html, type SafeHtml } from '@remix-run/html-template';
import { webLink } from './links.ts';
import type { Commit } from './model.ts';
import { shownAge, shownDate } from './text.ts';

/** Its short id, with a link when there is a page of it. */
export function renderCommit({ id, url }: Commit): SafeHtml {
  const short = html`<code>${id.slice(0, 8)}</code>`;
  const link = webLink(url);
  return link === undefined ? short : html`<a href="${link}" rel="noopener noreferrer">${short}</a>`;
}

/** The date; how long before the page was made it was, on pointing at it and beside it. */
export function renderTime(date: Date, now: Date): SafeHtml {
  return html`<time datetime="${date.toISOString()}">${shownDate(date)}</time> <span class="muted">(${shownAge(date, now)} before)</span>`;
}
