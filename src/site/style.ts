/** How the pages look: one calm style, wide and narrow, light and dark; it loads nothing. */

// Every pair of a text and its ground has a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3): test/site measures it.
export const style = `
:root {
  --ground: #fff; --raised: #f6f8fa; --line: #d5dae1; --text: #1c2733; --quiet: #556372; --link: #0b5cad;
  --focus: #0b5cad; --busy: #2c7be5; --idle: #d5dae1;
  --get: #0b6b3a; --post: #8a4b00; --put: #0b5cad; --patch: #6a3fb5; --delete: #b3261e; --other: #45525f;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #12171d; --raised: #1a212a; --line: #323c48; --text: #e4e9ef; --quiet: #9dabba; --link: #7ab7ff;
    --focus: #7ab7ff; --busy: #4f9cf9; --idle: #323c48;
    --get: #6cd39a; --post: #f0b15f; --put: #7ab7ff; --patch: #c3a5ff; --delete: #ff958c; --other: #b4c0cc;
  }
}
* { box-sizing: border-box; }
html { color-scheme: light dark; scroll-padding-top: 6.5rem; }
body {
  margin: 0; background: var(--ground); color: var(--text);
  font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif;
}
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible, input:focus-visible, [tabindex]:focus-visible {
  outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 3px;
}
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--ground); padding: .5rem 1rem; z-index: 2; }
.top {
  position: sticky; top: 0; z-index: 1; display: flex; gap: 1rem; align-items: center; justify-content: space-between;
  padding: .7rem max(1.25rem, calc((100vw - 78rem) / 2)); background: var(--raised); border-bottom: 1px solid var(--line);
}
.top .site { font-weight: 600; color: var(--text); text-decoration: none; min-width: 0; overflow-wrap: anywhere; }
.top nav { display: flex; gap: 1.25rem; }
.top nav a { text-decoration: none; }
.top nav a:hover, .top .site:hover { text-decoration: underline; }
.page { max-width: 80.5rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; }
main { min-width: 0; overflow-wrap: anywhere; }
footer { max-width: 80.5rem; margin: 0 auto; padding: 1rem 1.25rem 2rem; color: var(--quiet); font-size: .875rem; border-top: 1px solid var(--line); }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .5rem; letter-spacing: -.01em; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.5rem 0 .75rem; padding-bottom: .4rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
.lead { margin: 0 0 1.25rem; color: var(--quiet); }
.crumbs { margin: 0 0 .25rem; color: var(--quiet); font-size: .875rem; }
.muted { color: var(--quiet); font-weight: 400; }
h2 .muted, h3 .muted { font-size: .875rem; margin-left: .35rem; }
.tag {
  display: inline-block; padding: 0 .45rem; border: 1px solid var(--line); border-radius: 1rem; color: var(--quiet);
  font-size: .75rem; line-height: 1.5; font-weight: 400; letter-spacing: 0; vertical-align: middle; overflow-wrap: anywhere;
}
.note { padding: .75rem 1rem; background: var(--raised); border: 1px solid var(--line); border-radius: 6px; }
.wide { overflow-x: auto; margin: .5rem 0 1rem; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
caption { text-align: left; font-weight: 600; padding: .35rem 0; }
th, td { text-align: left; vertical-align: top; padding: .45rem 1rem .45rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { color: var(--quiet); font-size: .8125rem; font-weight: 600; white-space: nowrap; }
td { min-width: 5.5rem; }
td p { margin: 0; }
.number { text-align: right; min-width: 3rem; padding-right: 1.5rem; font-variant-numeric: tabular-nums; }
time { white-space: nowrap; font-variant-numeric: tabular-nums; }
.resources { table-layout: fixed; min-width: 38rem; }
.resources th:nth-child(2) { width: 8rem; }
.resources th:nth-child(3) { width: 4.5rem; }
.resources th:nth-child(4) { width: 13rem; }
.rows { min-width: 30rem; }
.backups { min-width: 66rem; }
.rows td:nth-child(1) { width: 30%; } .rows td:nth-child(2) { width: 35%; }
code, pre { font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace; unicode-bidi: isolate; }
pre {
  margin: .35rem 0 1rem; padding: .75rem 1rem; background: var(--raised); border: 1px solid var(--line); border-radius: 6px;
  overflow: auto; max-height: 32rem; overflow-wrap: normal;
}
pre code { font-size: .8125rem; }
.url { white-space: pre-wrap; overflow-wrap: anywhere; }
.activity { margin: 0 0 1rem; }
.activity svg { display: block; width: 100%; max-width: 40rem; height: 42px; }
.activity figcaption { color: var(--quiet); font-size: .8125rem; margin-top: .35rem; }
.busy { fill: var(--busy); } .quiet { fill: var(--idle); }
.method {
  display: inline-block; min-width: 3.6rem; font: 700 .6875rem/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
  letter-spacing: .03em; color: var(--other); white-space: nowrap;
}
.get { color: var(--get); } .post { color: var(--post); } .put { color: var(--put); }
.patch { color: var(--patch); } .delete { color: var(--delete); }
summary { cursor: pointer; }
.folder { margin: .75rem 0; }
.folder > summary { font-weight: 600; padding: .4rem 0; }
.folder > .inside { padding-left: 1rem; border-left: 2px solid var(--line); }
.request { border: 1px solid var(--line); border-radius: 6px; margin: .5rem 0; }
.request > summary { padding: .55rem .9rem; }
.request > summary:hover, .part > summary:hover { background: var(--raised); }
.request[open] > summary { border-bottom: 1px solid var(--line); }
.request > .inside { padding: .5rem .9rem .75rem; }
.request .name { font-weight: 500; margin-right: .5rem; }
.path { color: var(--quiet); }
p.part { font-weight: 600; font-size: .9375rem; margin: .75rem 0 .25rem; }
details.part { margin: .35rem 0; border: 1px solid var(--line); border-radius: 6px; padding: 0 .75rem; }
details.part > summary { margin: 0 -.75rem; padding: .4rem .75rem; font-size: .9375rem; }
.documentation { max-width: 46rem; margin: .75rem 0 1rem; }
.documentation .heading { font-weight: 600; }
.documentation blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid var(--line); color: var(--quiet); }
.places, .files { padding-left: 1.25rem; }
.history { list-style: none; padding: 0; margin: 1rem 0; }
.history > li { border-left: 2px solid var(--line); padding: 0 0 1rem 1rem; }
.history p { margin: 0; } .history .subject { color: var(--quiet); }
.history ul { margin: .25rem 0 0; padding-left: 1.1rem; font-size: .9375rem; }
.contents { font-size: .875rem; }
.contents ul { list-style: none; margin: 0; padding: 0; }
.contents ul ul { padding-left: .75rem; border-left: 1px solid var(--line); margin-left: .3rem; }
.contents a { display: flex; gap: .35rem; align-items: baseline; padding: .22rem .25rem; color: var(--text); text-decoration: none; overflow-wrap: anywhere; }
.contents a:hover { text-decoration: underline; }
.contents .sections { margin-top: .75rem; padding-top: .5rem; border-top: 1px solid var(--line); }
.contents .sections a { color: var(--link); }
.contents summary { font-weight: 600; padding: .22rem 0; overflow-wrap: anywhere; }
.contents .method { flex: 0 0 2.9rem; min-width: 0; font-size: .625rem; }
@media (min-width: 62rem) {
  .with-contents { display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: 2.5rem; }
  .contents { position: sticky; top: 4.25rem; align-self: start; max-height: calc(100vh - 5.5rem); overflow-y: auto; padding-right: .5rem; }
}
@media (max-width: 61.99rem) {
  .contents { border: 1px solid var(--line); border-radius: 6px; padding: .5rem .75rem; margin-bottom: 1.5rem; max-height: 40vh; overflow-y: auto; }
}
.search { display: block; width: 100%; font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--quiet); border-radius: 6px; padding: .6rem .8rem; margin: .35rem 0 .75rem; }
.results { list-style: none; padding: 0; margin: 0; }
.results li { padding: .55rem 0; border-bottom: 1px solid var(--line); }
.results .where { display: block; color: var(--quiet); font-size: .875rem; }
@media print { .top, .contents, .skip { display: none; } .page { display: block; } }
`;
