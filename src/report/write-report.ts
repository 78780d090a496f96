/** Writes the report's files, masked. */

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { annotate } from './annotations.ts';
import { describeTests, renderTests } from './junit.ts';
import type { Mask } from './mask.ts';
import { maskReport, maskStrings } from './mask-report.ts';
import { renderMarkdown } from './render-markdown.ts';
import { renderVerify } from './render-verify.ts';
import type { Report } from './report.ts';
import { describeVariables, renderVariables } from './variables.ts';
import type { VerifyReport } from './verify-report.ts';
import { describeVerifyTests } from './verify-tests.ts';

type Place = {
  /** Created when it does not exist. */
  readonly directory: string;
  readonly mask: Mask;
};

/**
 * Writes report.json and report.md, and for GitLab junit.xml, annotations.json and report.env. Rejects with the file
 * system's error when it cannot.
 */
export async function writeReport({
  report,
  directory,
  mask,
}: Place & { readonly report: Report }): Promise<void> {
  const masked = maskReport(report, mask);
  await writeFiles(directory, {
    // Once more as text, for what is no string of the report: its numbers and keys.
    'report.json': mask.apply(renderJson(masked)),
    'report.md': mask.apply(renderMarkdown(masked)),
    // Once more before they are rendered, for what only the words around it make a secret.
    'junit.xml': renderTests(maskStrings(describeTests(masked), mask)),
    'annotations.json': renderJson(maskStrings(annotate(masked), mask)),
    'report.env': renderVariables(maskStrings(describeVariables(masked), mask)),
  });
}

/** Writes report.json, report.md and junit.xml of a verification. Rejects with the file system's error when it cannot. */
export async function writeVerifyReport({
  report,
  directory,
  mask,
}: Place & { readonly report: VerifyReport }): Promise<void> {
  const masked = maskReport(report, mask);
  await writeFiles(directory, {
    'report.json': mask.apply(renderJson(masked)),
    'report.md': mask.apply(renderVerify(masked)),
    'junit.xml': renderTests(maskStrings(describeVerifyTests(masked), mask)),
  });
}

async function writeFiles(directory: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    await writeFile(path.join(directory, name), content);
  }
}

function renderJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
