/** The frame of every page: one document that needs nothing else, and a policy that lets nothing else in. */
import { createHash } from 'node:crypto';
import { html, type SafeHtml } from '@remix-run/html-template';
import { OVERVIEW, rootOf, SEARCH } from './links.ts';
import { style } from './style.ts';
import { shownDate, shownName } from './text.ts';

export type Page = {
  /** Below the root of the site. */
  readonly path: string;
  readonly title: string;
  /** Of the site. */
  readonly label: string;
  readonly now: Date;
  readonly main: SafeHtml;
  /** Stands beside the page where there is room. */
  readonly contents?: SafeHtml;
  /** Our own; runs on this page only. */
  readonly script?: string;
};

const STYLE_HASH = hash(style);

/** @returns the whole document. */
export function renderPage(page: Page): string {
  const { path, title, label, now, main, contents = '', script } = page;
  const root = rootOf(path);
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${shownName(title)} · ${shownName(label)}</title>
<style>${html.raw`${style}`}</style>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="top">
<a class="site" href="${root}${OVERVIEW}">${shownName(label)}</a>
<nav aria-label="Site"><a href="${root}${OVERVIEW}">Overview</a> <a href="${root}${SEARCH}">Search</a></nav>
</header>
<div class="page${contents === '' ? '' : ' with-contents'}">
${contents}
<main id="main">
${main}
</main>
</div>
<footer>Made on ${shownDate(now)} from what the repository held then.</footer>
${script === undefined ? '' : html.raw`<script>${script}</script>`}
</body>
</html>
`;
  return document.toString();
}

/** By hash and not by `'self'`: that does not hold for pages opened from a disk. */
function policy(script: string | undefined): string {
  const scripts = script === undefined ? "'none'" : hash(script);
  return `default-src 'none'; img-src data:; style-src ${STYLE_HASH}; script-src ${scripts}; base-uri 'none'; form-action 'none'`;
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
