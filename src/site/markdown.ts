/** Descriptions are Markdown that somebody else wrote: no HTML of theirs, no pictures, links to the web only. */
import { html, type SafeHtml } from '@remix-run/html-template';
import MarkdownIt from 'markdown-it';
import { shownText } from './text.ts';

const SAFE_LINK = /^(?:https?:\/\/|mailto:)/i;

// `html: false` escapes all HTML; without the rule `image` an image is a link to it, and nothing is loaded.
const markdown = new MarkdownIt({ html: false, linkify: false }).disable('image');
markdown.validateLink = (url) => SAFE_LINK.test(url);
markdown.renderer.rules['link_open'] = (tokens, index, options, _, self) => {
  tokens[index]?.attrSet('rel', 'noopener noreferrer nofollow');
  return self.renderToken(tokens, index, options);
};
// The page's policy lets no style attribute through, and the alignment of a table has no other form.
for (const cell of ['th_open', 'td_open']) {
  markdown.renderer.rules[cell] = (tokens, index) => `<${tokens[index]?.tag}>`;
}
// A page has its own outline: what is a heading in a description is but a strong line on it.
markdown.renderer.rules['heading_open'] = () => '<p class="heading">';
markdown.renderer.rules['heading_close'] = () => '</p>\n';

export function renderMarkdown(text: string): SafeHtml {
  return html.raw`${markdown.render(shownText(text))}`;
}
