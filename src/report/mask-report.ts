/** Takes secrets out of a report before it is rendered: text that was cut or escaped hides them from the mask. */

import type { Mask } from './mask.ts';
import type { Expense } from './report.ts';

/** @returns the same report, each of its strings and hosts masked. */
export function maskReport<T extends Expense>(report: T, mask: Mask): T {
  const masked = maskStrings(report, mask);
  return {
    ...masked,
    calls: maskKeys(masked.calls, mask),
    callsByKind: maskKeys(masked.callsByKind, mask),
  };
}

/**
 * For a file that has to stay what it is: a secret may look like a part of its syntax.
 * @param value made of what JSON has.
 * @returns the same value, each of its strings masked.
 */
export function maskStrings<T>(value: T, mask: Mask): T {
  return JSON.parse(JSON.stringify(value), (_key, one: unknown) =>
    typeof one === 'string' ? mask.apply(one) : one,
  );
}

function maskKeys<T>(record: Readonly<Record<string, T>>, mask: Mask): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [mask.apply(key), value]));
}
