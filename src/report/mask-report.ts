/** Takes secrets out of a report before it is rendered: text that was cut or escaped hides them from the mask. */

import type { Mask } from './mask.ts';
import type { Report } from './report.ts';

/** @returns the same report, each of its strings and hosts masked. */
export function maskReport(report: Report, mask: Mask): Report {
  const masked: Report = JSON.parse(JSON.stringify(report), (_key, value: unknown) =>
    typeof value === 'string' ? mask.apply(value) : value,
  );
  const calls = Object.entries(masked.calls).map(([host, count]) => [mask.apply(host), count] as const);
  return { ...masked, calls: Object.fromEntries(calls) };
}
