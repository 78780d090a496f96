/** What is in a collection: folders, requests, their parts, documentation and saved examples. */
import { html, type SafeHtml } from '@remix-run/html-template';
import { renderMarkdown } from './markdown.ts';
import type { Body, Collection, Example, Folder, Item, Request, Row, Script } from './model.ts';
import { counted, shownName, shownText } from './text.ts';

type Html = SafeHtml | string;

const KNOWN_METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'];

/** @param variables rendered already: other kinds have them too. */
export function renderCollection(collection: Collection, variables: Html): SafeHtml {
  const { description, auth, scripts, items } = collection;
  return html`${renderDocumentation(description)}
${renderAuth(auth)}
${renderScripts(scripts)}
${variables}
<section aria-labelledby="requests"><h2 id="requests">Requests</h2>
${items.length === 0 ? html`<p>None.</p>` : items.map(renderItem)}</section>`;
}

/** The outline beside the page. */
export function renderContents(items: readonly Item[]): SafeHtml {
  return html`<nav class="contents" aria-label="Contents">${renderOutline(items)}
<ul class="sections"><li><a href="#places">Where it is backed up</a></li><li><a href="#history">History</a></li></ul></nav>`;
}

function renderOutline(items: readonly Item[]): SafeHtml {
  return html`<ul>${items.map((item) =>
    item.type === 'folder'
      ? html`<li><details open><summary><bdi>${shownName(item.name)}</bdi></summary>${renderOutline(item.items)}</details></li>
`
      : html`<li><a href="#${item.anchor}">${renderMethod(item.method)} <bdi>${shownName(item.name)}</bdi></a></li>
`,
  )}</ul>`;
}

function renderItem(item: Item): SafeHtml {
  return item.type === 'folder' ? renderFolder(item) : renderRequest(item);
}

function renderFolder({ name, anchor, description, auth, scripts, items }: Folder): SafeHtml {
  return html`<details class="folder" open><summary><bdi>${shownName(name)}</bdi> <span class="muted">${counted(items.length, 'item')}</span></summary>
<div class="inside" id="${anchor}">
${renderDocumentation(description)}
${renderAuth(auth)}
${renderScripts(scripts)}
${items.map(renderItem)}
</div></details>
`;
}

function renderRequest(request: Request): SafeHtml {
  const { name, anchor, method, url, description, auth, parameters, headers, body, scripts, examples } =
    request;
  return html`<details class="request"><summary>${renderMethod(method)} <bdi class="name">${shownName(name)}</bdi> <code class="path"><bdi>${shownPath(url)}</bdi></code></summary>
<div class="inside" id="${anchor}">
${renderDocumentation(description)}
<pre class="url" tabindex="0"><code>${shownName(method)} ${shownText(url)}</code></pre>
${renderAuth(auth)}
${renderRows('Parameters', parameters)}
${renderRows('Headers', headers)}
${body === undefined ? '' : renderBody(body)}
${renderScripts(scripts)}
${examples.length === 0 ? '' : html`<p class="part">Saved examples</p>${examples.map(renderExample)}`}
</div></details>
`;
}

/** The end of an address says more than its beginning, which is a variable mostly. */
function shownPath(url: string): string {
  return shownName(url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*(?=[/?#])/i, ''));
}

function renderMethod(method: string): SafeHtml {
  const known = KNOWN_METHODS.includes(method.toLowerCase()) ? method.toLowerCase() : 'other';
  return html`<span class="method ${known}">${shownName(method).slice(0, 10)}</span>`;
}

function renderDocumentation(description: string): Html {
  return description.trim() === ''
    ? ''
    : html`<div class="documentation">${renderMarkdown(description)}</div>`;
}

function renderAuth(auth: string | undefined): Html {
  return auth === undefined ? '' : html`<p>Authorization: <span class="tag">${shownName(auth)}</span></p>`;
}

function renderRows(title: string, rows: readonly Row[]): Html {
  if (rows.length === 0) {
    return '';
  }
  return html`<div class="wide" tabindex="0" role="group" aria-label="${title}">
<table class="rows"><caption>${title}</caption><thead><tr><th scope="col">Name</th><th scope="col">Value</th><th scope="col">Description</th></tr></thead><tbody>
${rows.map(
  ({ key, value, description, sort, disabled }) => html`<tr><td><code>${shownName(key)}</code>${
    sort === '' ? '' : html` <span class="tag">${shownName(sort)}</span>`
  }${disabled ? html` <span class="tag">disabled</span>` : ''}</td><td><code>${shownText(value)}</code></td><td>${renderMarkdown(description)}</td></tr>
`,
)}</tbody></table></div>`;
}

function renderBody({ mode, texts, rows }: Body): SafeHtml {
  return html`${renderRows(`Body (${shownName(mode)})`, rows)}
${texts.map(({ title, text }) => renderCode(title, text))}`;
}

function renderScripts(scripts: readonly Script[]): SafeHtml[] {
  return scripts.map(({ listen, text }) => renderFolded(describeScript(listen), renderCode(undefined, text)));
}

function describeScript(listen: string): string {
  return listen === 'prerequest'
    ? 'Pre-request script'
    : listen === 'test'
      ? 'Tests'
      : `Script: ${shownName(listen)}`;
}

function renderExample({ name, status, headers, body }: Example): SafeHtml {
  const summary = html`<bdi>${shownName(name)}</bdi>${status === '' ? '' : html` <span class="tag">${shownName(status)}</span>`}`;
  return renderFolded(summary, html`${renderRows('Headers', headers)}${renderCode('Body', body)}`);
}

function renderFolded(summary: Html, content: Html): SafeHtml {
  return html`<details class="part"><summary>${summary}</summary>${content}</details>
`;
}

function renderCode(title: string | undefined, text: string): Html {
  const heading = title === undefined ? '' : html`<p class="part">${title}</p>`;
  return text === '' ? '' : html`${heading}<pre tabindex="0"><code>${shownText(text)}</code></pre>`;
}
