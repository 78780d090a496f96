/** junit.xml: the run as GitLab's Tests tab shows it, with a case for each resource and one for the run itself. */
import XMLBuilder from 'fast-xml-builder';
import { nameOfKind } from '../kind-name.ts';
import type { Outcome, Workspace } from '../model.ts';
import { printable } from '../printable.ts';
import { describeProblem } from './describe-error.ts';
import { findKnownCode } from './known-code.ts';
import { shorten } from './lines.ts';
import type { BackupResult, Report } from './report.ts';

/** What GitLab reads of JUnit's format: docs.gitlab.com/ci/testing/unit_test_reports. `@` marks an attribute. */
export type TestSuite = {
  readonly '@name': string;
  readonly '@tests': number;
  readonly '@failures': number;
  readonly '@skipped': number;
  readonly testcase: readonly TestCase[];
};

export type TestCase = {
  /** GitLab shows it as the suite. */
  readonly '@classname': string;
  readonly '@name': string;
  /** From the root of the repository. */
  readonly '@file'?: string;
  readonly failure?: string;
  readonly skipped?: string;
};

// GitLab reads a file of at most 30 MB: with these, about 20,000 failures.
const MAX_NOTE = 500;
const MAX_FINDINGS = 10;

// Char of XML 1.0 (production 2); what is not in it cannot be written, not even as a reference.
const NO_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** @param report passed through `maskReport`: a name is cut after 200 characters, and half a secret is not found. */
export function describeTests({ backups, error }: Report): readonly TestSuite[] {
  const run: TestCase = {
    '@classname': 'postman-gitlab',
    '@name': 'the run came to its end',
    ...(error && { failure: describeProblem(error) }),
  };
  return [suiteOf('postman-gitlab', [run]), ...backups.map(describeBackup)];
}

/** @returns the XML document; a character that XML does not have is replaced. */
export function renderTests(suites: readonly TestSuite[]): string {
  const builder = new XMLBuilder({
    attributeNamePrefix: '@',
    ignoreAttributes: false,
    // A collection may be called "true".
    suppressBooleanAttributes: false,
    suppressEmptyNode: true,
    format: true,
  });
  const declaration = { '@version': '1.0', '@encoding': 'UTF-8' };
  const document = builder.build({ '?xml': declaration, testsuites: { testsuite: suites } });
  return document.replace(NO_XML, '\ufffd');
}

function describeBackup({ destination, branch, directory, outcomes, workspaces }: BackupResult): TestSuite {
  const place = [destination, branch, directory].map((part) => printable(part)).join(' · ');
  const names = nameCases(outcomes, workspaces);
  const cases = outcomes.map((outcome, index) => ({
    '@classname': place,
    '@name': names[index] ?? '',
    ...(outcome.path === undefined ? {} : { '@file': printable(outcome.path, 1000) }),
    ...describeResult(outcome),
  }));
  return suiteOf(place, cases);
}

export function suiteOf(name: string, cases: readonly TestCase[]): TestSuite {
  return {
    '@name': name,
    '@tests': cases.length,
    '@failures': cases.filter(({ failure }) => failure !== undefined).length,
    '@skipped': cases.filter(({ skipped }) => skipped !== undefined).length,
    testcase: cases,
  };
}

/** @returns a name for each outcome. GitLab leaves out a case whose name it has seen, so equal ones get their id. */
function nameCases(outcomes: readonly Outcome[], workspaces: readonly Workspace[]): readonly string[] {
  const names = outcomes.map((outcome) => nameCase(outcome, workspaces));
  const counts = new Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return outcomes.map(({ uuid }, index) => {
    const name = names[index] ?? '';
    return counts.get(name) === 1 ? name : `${name} (${printable(uuid)})`;
  });
}

function nameCase({ kind, name, workspace }: Outcome, workspaces: readonly Workspace[]): string {
  const home = workspaces.find(({ id }) => id === workspace)?.name ?? workspace;
  const named = `${nameOfKind(kind)} ${printable(name) || '(no name)'}`;
  return workspaces.length > 1 ? `${named} in ${printable(home)}` : named;
}

function describeResult(outcome: Outcome): Pick<TestCase, 'failure' | 'skipped'> {
  switch (outcome.status) {
    case 'changed':
    case 'unchanged':
      return {};
    case 'failed':
    case 'refused':
      return { failure: describeFailure(outcome) };
    case 'unverified':
    case 'kept':
    case 'skipped':
      return { skipped: describeSkip(outcome) };
  }
}

function describeFailure({ status, code, note = status, findings = [] }: Outcome): string {
  const found = findings.map(({ rule, path }) => `${rule} at ${path}`);
  const message = [printable(note, MAX_NOTE), ...shorten(found, MAX_FINDINGS)].join('\n');
  const known = findKnownCode(code);
  return known === undefined ? message : describeProblem({ code: known.code, message, hint: known.hint });
}

function describeSkip({ status, note = UNSEEN }: Outcome): string {
  return `${status}: ${printable(note, MAX_NOTE)}`;
}

const UNSEEN = "Postman's list shows no change, and it was not fetched in this run";
