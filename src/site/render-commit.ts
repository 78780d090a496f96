/** Commits and moments, as pages name them. */
import { html, type SafeHtml } from '@remix-run/html-template';
import { webAddress } from '../web-address.ts';
import type { Commit } from './model.ts';
import { shownAge, shownDate } from './text.ts';

/** Its short id, with a link when there is a page of it. */
export function renderCommit({ id, url }: Commit): SafeHtml {
  const short = html`<code>${id.slice(0, 8)}</code>`;
  const link = webAddress(url);
  return link === undefined ? short : html`<a href="${link}" rel="noopener noreferrer">${short}</a>`;
}

export function renderTime(date: Date): SafeHtml {
  return html`<time datetime="${date.toISOString()}">${shownDate(date)}</time>`;
}

/** The date, and how long ago that was when the page was made. */
export function renderAge(date: Date, now: Date): SafeHtml {
  return html`${renderTime(date)} <span class="muted">(${shownAge(date, now)} before this page was made)</span>`;
}
