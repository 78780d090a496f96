/** The pages as files: whole, linked, small, and with nothing in them that a browser would run or load. */
import { posix } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Catalogue, makeCatalogue } from './catalogue.ts';

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await makeCatalogue();
});

describe('the catalogue', () => {
  it('has a page for each resource, an overview and a search', () => {
    const { pages, stderr } = catalogue;
    expect([...pages.keys()]).toEqual(expect.arrayContaining(['index.html', 'search.html']));
    expect(new Set([...pages.keys()].map((path) => posix.dirname(path)))).toEqual(
      new Set([
        '.',
        'collections',
        'environments',
        'globals',
        'specs',
        'apis',
        'mocks',
        'monitors',
        'workspaces',
      ]),
    );
    expect(stderr).toContain(`Wrote ${pages.size} pages`);
  });

  it('has no link that leads nowhere, and no anchor twice', () => {
    for (const [path, text] of catalogue.pages) {
      const ids = [...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
      expect(new Set(ids).size, path).toBe(ids.length);
      for (const [, href = ''] of text.matchAll(/<a [^>]*href="([^"]*)"/g)) {
        expect(leadsTo(path, href), `${path}: ${href}`).toBe(true);
      }
    }
  });

  it('leads from the search to pages and anchors that are there', () => {
    const text = catalogue.pages.get('search.html') ?? '';
    const json = /<script type="application\/json" id="index">(.*?)<\/script>/s.exec(text)?.[1] ?? '';
    const { pages } = JSON.parse(json) as { pages: [string, string, string, string, string[][]][] };
    expect(pages.map(([name]) => name)).toContain('Payments API');
    for (const [, , , path, requests] of pages) {
      for (const anchor of ['main', ...requests.map((request) => request[3] ?? '')]) {
        expect(leadsTo('search.html', `${path}#${anchor}`), `${path}#${anchor}`).toBe(true);
      }
    }
  });

  it('says on each page that nothing may run or load but what the page holds', () => {
    for (const [path, text] of catalogue.pages) {
      const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1] ?? '';
      expect(policy, path).toContain('default-src &#39;none&#39;;');
      expect(policy).not.toContain('unsafe');
      expect(policy).not.toContain('http');
    }
  });

  it('shows no value of a variable', () => {
    const { pages, pageOf } = catalogue;
    const text = pages.get(pageOf('Staging')) ?? '';
    expect(text).toContain('base_url');
    expect(text).not.toContain('staging.example');
  });

  it('tells the history of a resource through a rename, with what changed', () => {
    const { pages, pageOf } = catalogue;
    const name = '&quot;&gt;&lt;img src=x onerror=document.title=&quot;owned&quot;&gt;';
    const history = (pages.get(pageOf(name)) ?? '').split('<ol class="history">')[1] ?? '';
    expect(history.match(/class="subject"/g)).toHaveLength(2);
    expect(history).toContain('Before');
  });

  it('keeps the overview small', () => {
    expect(catalogue.pages.get('index.html')?.length).toBeLessThan(60_000);
  });
});

function leadsTo(path: string, href: string): boolean {
  const [target = '', anchor] = href.split('#');
  if (/^https?:\/\//.test(target)) {
    return true;
  }
  const page = target === '' ? path : posix.join(posix.dirname(path), target);
  const text = catalogue.pages.get(page);
  return text !== undefined && (anchor === undefined || text.includes(` id="${anchor}"`));
}
