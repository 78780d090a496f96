/** Untrusted text made fit for a page, and dates and counts for people. The templates escape; this is about sight. */
import { printable } from '../printable.ts';

// Marks that hide text or change its order; what a line needs stays.
const HIDING = /(?![\t\n])[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
// More of a body helps nobody on a page; the file has all of it.
const MAX_TEXT = 20_000;
const DAY_MS = 86_400_000;

/** @returns a name on one line; a word in its place when nothing of it can be seen. */
export function shownName(name: string): string {
  const line = printable(name);
  return line === '' ? '(no name)' : line;
}

/** @returns a text of several lines in which nothing hides, cut where it gets long. */
export function shownText(text: string): string {
  const visible = text.toWellFormed().replaceAll('\r\n', '\n').replace(HIDING, '\ufffd');
  return visible.length <= MAX_TEXT ? visible : `${visible.slice(0, MAX_TEXT).toWellFormed()}\n…`;
}

/** `2026-03-02 08:11 UTC` */
export function shownDate(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `3 days`, `5 hours`: how long before `now` it was; what lies in the future is `0 minutes`. */
export function shownAge(date: Date, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - date.getTime()) / 60_000));
  if (minutes < 120) {
    return counted(minutes, 'minute');
  }
  const days = Math.floor((minutes * 60_000) / DAY_MS);
  return days < 2 ? counted(Math.floor(minutes / 60), 'hour') : counted(days, 'day');
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
