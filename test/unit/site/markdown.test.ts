/** Descriptions become documentation, and nothing else. */
import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../../src/site/markdown.ts';

const html = (text: string) => renderMarkdown(text).toString();

describe('a description', () => {
  it('is Markdown: lists, code, tables, links', () => {
    const text =
      '# Orders\n\n- one\n\n`GET`\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[docs](https://docs.example/x)';

    expect(html(text)).toContain('<li>one</li>');
    expect(html(text)).toContain('<td>1</td>');
    expect(html(text)).toContain(
      '<a href="https://docs.example/x" rel="noopener noreferrer nofollow">docs</a>',
    );
    expect(html(text)).not.toContain('<h1');
  });

  it('has no style of its own: the policy of the page would refuse it', () => {
    expect(html('| a | b |\n|:-:|--:|\n| 1 | 2 |')).toContain('<td>1</td>');
  });

  it.each([
    ...[
      '[x](javascript:alert(1))',
      '[x](JaVaScRiPt:alert(1))',
      '[x](&#106;avascript:alert(1))',
      '[x](vbscript:x)',
    ],
    ...[
      '[x](data:text/html;base64,eA==)',
      '[x](file:///etc/passwd)',
      '[x](//evil.example)',
      '<javascript:alert(1)>',
    ],
    ...['[x][y]\n\n[y]: javascript:alert(1)', '[x]( javascript:alert(1))', '[x](\u0001javascript:alert(1))'],
  ])('has no link but to the web: %j', (text) => {
    expect(html(text)).not.toContain('<a ');
  });

  it.each([
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '<a href="javascript:x">y</a>',
    '<!-- x -->',
  ])('has no HTML of its own: %j', (text) => {
    expect(html(text)).not.toMatch(/<(?!\/?p>)/);
  });

  it('loads no picture: it becomes a link', () => {
    expect(html('![pixel](https://tracker.example/p.png)')).not.toContain('<img');
  });

  it('hides nothing', () => {
    expect(html('safe \u202egnp.exe\u0007')).toBe('<p>safe \ufffdgnp.exe\ufffd</p>\n');
  });
});
