/** What the search page runs in a browser: it looks for words in the index that the page holds, and loads nothing. */

// Text goes in by textContent alone, and addresses come from the index, which was made of paths of our own.
export const searchScript = `
'use strict';
(() => {
  const MAX_RESULTS = 60;
  const index = JSON.parse(document.getElementById('index').textContent);
  const field = document.getElementById('search');
  const results = document.getElementById('results');
  const count = document.getElementById('count');
  const fold = (text) => text.normalize('NFKD').replace(/\\p{M}/gu, '').toLowerCase();
  const entries = index.pages.flatMap(([name, kind, where, path, requests]) => [
    { name, method: '', where: kind + ' · ' + where, link: path, rank: 0 },
    ...requests.map(([method, title, url, anchor]) => (
      { name: title, method, where: name + ' · ' + url, link: path + '#' + anchor, rank: 1 })),
  ]);
  for (const entry of entries) {
    entry.folded = fold([entry.method, entry.name, entry.where].join(' '));
    entry.title = fold(entry.name);
  }
  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  };
  const show = (entry) => {
    const item = element('li', '', '');
    const link = element('a', '', entry.name);
    link.href = entry.link;
    if (entry.method) {
      item.append(element('span', 'method ' + entry.method.toLowerCase().replace(/[^a-z]/g, ''), entry.method), ' ');
    }
    item.append(link, element('span', 'where', entry.where));
    return item;
  };
  const search = () => {
    const words = fold(field.value).split(/\\s+/).filter(Boolean);
    const score = (entry) => entry.rank + (words.every((word) => entry.title.includes(word)) ? 0 : 2);
    const found = words.length === 0 ? [] : entries
      .filter((entry) => words.every((word) => entry.folded.includes(word)))
      .sort((a, b) => score(a) - score(b));
    results.replaceChildren(...found.slice(0, MAX_RESULTS).map(show));
    count.textContent = words.length === 0 ? '' : found.length + ' found'
      + (found.length > MAX_RESULTS ? ', the first ' + MAX_RESULTS + ' are shown' : '');
  };
  field.addEventListener('input', search);
  document.getElementById('without').hidden = true;
  document.getElementById('with').hidden = false;
  search();
  field.focus();
})();
`;
