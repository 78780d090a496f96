/** Writes the report's files, masked. */

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Mask } from './mask.ts';
import { maskReport } from './mask-report.ts';
import { renderMarkdown } from './render-markdown.ts';
import type { Report } from './report.ts';

type WriteReportOptions = {
  readonly report: Report;
  /** Created when it does not exist. */
  readonly directory: string;
  readonly mask: Mask;
};

/** Writes report.json and report.md. Rejects with the file system's error when it cannot. */
export async function writeReport({ report, directory, mask }: WriteReportOptions): Promise<void> {
  const masked = maskReport(report, mask);
  await mkdir(directory, { recursive: true });
  // Once more as text, for what is no string of the report: its numbers and keys.
  const json = mask.apply(`${JSON.stringify(masked, null, 2)}\n`);
  await writeFile(path.join(directory, 'report.json'), json);
  await writeFile(path.join(directory, 'report.md'), mask.apply(renderMarkdown(masked)));
}
