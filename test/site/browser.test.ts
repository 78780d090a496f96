/** The pages in a browser, opened from the disk: readable, accessible, and inert whatever they show. */

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { whenInstalled } from '../component/installed.ts';
import { type Catalogue, makeCatalogue } from './catalogue.ts';

type Violation = { readonly id: string; readonly nodes: readonly { readonly html: string }[] };

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// axe looks at every element of every page.
const SLOW = 180_000;
const wide = { width: 1280, height: 900 };
const narrow = { width: 390, height: 844 };

whenInstalled('chromium', 'the catalogue in a browser', () => {
  let catalogue: Catalogue;
  let browser: Browser;
  let hostilePage: string;
  let paths: readonly string[];

  beforeAll(async () => {
    catalogue = await makeCatalogue();
    hostilePage = catalogue.pageOf('&quot;&gt;&lt;img src=x onerror=document.title=&quot;owned&quot;&gt;');
    paths = ['index.html', 'search.html', hostilePage, ...['Payments API', 'Staging'].map(catalogue.pageOf)];
    // Root may not use the sandbox, and CI's containers run as root.
    browser = await chromium.launch({
      channel: 'chromium',
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox'],
    });
  });

  afterAll(() => browser.close());

  /** Opens a page in a context of its own. @returns it, and what it complained of or asked for. */
  async function open(path: string, options: BrowserContextOptions = {}) {
    const context = await browser.newContext({ viewport: wide, ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => complaints.push(dialog.message()));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(join(catalogue.folder, path)).href);
    return { page, complaints, requests, close: () => context.close() };
  }

  it.each([
    ['wide and light', { viewport: wide, colorScheme: 'light' }],
    ['narrow and dark', { viewport: narrow, colorScheme: 'dark' }],
  ] as const)(
    'is accessible and fits, %s',
    async (_, options) => {
      for (const path of paths) {
        const { page, close } = await open(path, { ...options, bypassCSP: true });
        await openAll(page);

        expect(await violationsOn(page), path).toEqual([]);
        expect(
          await page.evaluate('document.documentElement.scrollWidth - innerWidth'),
          path,
        ).toBeLessThanOrEqual(0);
        await close();
      }
    },
    SLOW,
  );

  it('runs nothing of what it shows, breaks no rule of its own, and asks for nothing', async () => {
    for (const path of paths) {
      const { page, complaints, requests, close } = await open(path);
      await openAll(page);

      expect(complaints, path).toEqual([]);
      expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([
        pathToFileURL(join(catalogue.folder, path)).href,
      ]);
      expect(await page.title()).not.toBe('owned');
      expect(await page.locator('img, iframe, object, embed, form, base').count()).toBe(0);
      expect(await page.locator('main script').count()).toBe(path === 'search.html' ? 1 : 0);
      const links = (await page.evaluate(
        'Array.from(document.links, (one) => one.href)',
      )) as readonly string[];
      expect(links.filter((link) => !/^(https?|file|mailto):/.test(link))).toEqual([]);
      const handlers =
        'Array.from(document.querySelectorAll("*")).filter((one) => one.getAttributeNames().some((name) => name.startsWith("on"))).length';
      expect(await page.evaluate(handlers)).toBe(0);
      await close();
    }
  });

  it('would tell a script that is not ours', async () => {
    const { page, complaints, close } = await open('index.html');

    await page.evaluate(
      'document.body.append(Object.assign(document.createElement("script"), { text: "1" }))',
    );

    expect(complaints.join()).toContain('Content Security Policy');
    await close();
  });

  it('finds a request, and opens it', async () => {
    const { page, close } = await open('search.html');
    await page.fill('#search', 'refúnd payment post');
    const first = page.locator('#results a').first();

    expect(await first.textContent()).toBe('Refund a payment');
    await first.click();
    const url = page.locator('pre.url:visible', { hasText: '/refunds' });
    expect(await url.first().isVisible()).toBe(true);
    await close();
  });

  it('reads without JavaScript', async () => {
    const { page, close } = await open('index.html', { javaScriptEnabled: false });
    await page.click('text="Payments API"');
    await page.click('summary:has-text("Capture in full")');

    expect(await page.locator('pre.url:visible').allTextContents()).toEqual([
      expect.stringContaining('/captures'),
    ]);
    await page.click('nav >> text=Search');
    expect(await page.isVisible('text=Searching needs JavaScript')).toBe(true);
    await close();
  });
});

/** What is folded is neither checked nor seen. */
async function openAll(page: Page): Promise<void> {
  await page.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true; })');
}

async function violationsOn(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const { violations } = (await page.evaluate('axe.run()')) as { readonly violations: readonly Violation[] };
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join('\n')}`,
  );
}
