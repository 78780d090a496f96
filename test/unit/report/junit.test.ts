import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { errorCodes, KnownError } from '../../../src/errors.ts';
import { describeTests, renderTests } from '../../../src/report/junit.ts';
import type { Report } from '../../../src/report/report.ts';
import { HOSTILE_TEXTS } from '../../hostile/hostile-text.ts';
import { aBackup, anOutcome, aReport, outcomes, payments, reportOf } from './sample-report.ts';

const logistics = { id: 'workspace-2', name: 'Logistics' };

// What GitLab documents to read (docs.gitlab.com/ci/testing/unit_test_reports), and the counts of JUnit.
const Case = z.strictObject({
  classname: z.string().min(1),
  name: z.string().min(1),
  file: z.string().optional(),
  failure: z.string().optional(),
  skipped: z.string().optional(),
});
const Suite = z.strictObject({
  ...{ name: z.string().min(1), tests: z.string(), failures: z.string(), skipped: z.string() },
  testcase: z.array(Case).default([]),
});
const Tests = z.strictObject({
  '?xml': z.strictObject({ version: z.literal('1.0'), encoding: z.literal('UTF-8') }),
  testsuites: z.strictObject({ testsuite: z.array(Suite) }),
});

function write(report: Report): string {
  return renderTests(describeTests(report));
}

/** @returns the suites of the file, as another reader of XML sees them. */
function suitesOf(report: Report): readonly z.output<typeof Suite>[] {
  const xml = write(report);
  expect(XMLValidator.validate(xml)).toBe(true);
  // That reader takes any character, XML 1.0 does not.
  expect(xml).not.toMatch(/(?!\t|\n)\p{Cc}|[\ufffe\uffff]/u);
  expect(xml.isWellFormed()).toBe(true);
  const parser = new XMLParser({
    attributeNamePrefix: '',
    ignoreAttributes: false,
    parseTagValue: false,
    isArray: (name) => name === 'testsuite' || name === 'testcase',
  });
  return Tests.parse(parser.parse(xml)).testsuites.testsuite;
}

/** @returns the cases of the resources. */
function casesOf(report: Report): readonly z.output<typeof Case>[] {
  return suitesOf(report)
    .slice(1)
    .flatMap(({ testcase }) => testcase);
}

describe('junit.xml', () => {
  it('tells the whole story of a run', () => {
    const backup = aBackup({
      outcomes: [
        anOutcome({ name: 'Orders', path: 'Postman Collections/Orders.postman_collection.json' }),
        anOutcome({
          name: 'R&D',
          status: 'changed',
          changes: ['added'],
          path: 'Postman Collections/R&D.json',
        }),
        anOutcome({ name: 'Odd', status: 'failed', code: 'RESOURCE_INVALID', note: 'no <info>' }),
        anOutcome({ kind: 'environments', name: 'Old', status: 'kept', note: 'gone from Postman' }),
        anOutcome({ kind: 'specs', name: 'Billing', status: 'unverified' }),
      ],
    });
    const { hint } = new KnownError('RESOURCE_INVALID', '');
    const place = 'platform/apis · main · Postman Collections';

    expect(write(aReport({ backups: [backup] }))).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="postman-gitlab" tests="1" failures="0" skipped="0">
    <testcase classname="postman-gitlab" name="the run came to its end"/>
  </testsuite>
  <testsuite name="${place}" tests="5" failures="1" skipped="2">
    <testcase classname="${place}" name="collection Orders" file="Postman Collections/Orders.postman_collection.json"/>
    <testcase classname="${place}" name="collection R&amp;D" file="Postman Collections/R&amp;D.json"/>
    <testcase classname="${place}" name="collection Odd">
      <failure>✖ RESOURCE_INVALID  no &lt;info&gt;
  Fix   ${hint.replaceAll("'", '&apos;')}
  More  docs/errors.md#resource_invalid</failure>
    </testcase>
    <testcase classname="${place}" name="environment Old">
      <skipped>kept: gone from Postman</skipped>
    </testcase>
    <testcase classname="${place}" name="spec Billing">
      <skipped>unverified: Postman&apos;s list shows no change, and it was not fetched in this run</skipped>
    </testcase>
  </testsuite>
</testsuites>
`);
  });

  it('has a failure of its own for what ended the run, also when there is no resource', () => {
    const error = new KnownError('POSTMAN_KEY_MISSING', 'No key.', { hint: 'Give one.' });

    expect(suitesOf(aReport({ error }))).toEqual([
      expect.objectContaining({
        ...{ tests: '1', failures: '1' },
        testcase: [
          {
            ...{ classname: 'postman-gitlab', name: 'the run came to its end' },
            failure:
              '✖ POSTMAN_KEY_MISSING  No key.\n  Fix   Give one.\n  More  docs/errors.md#postman_key_missing',
          },
        ],
      }),
    ]);
  });

  it.each(errorCodes)('tells how to mend %s', (code) => {
    const [one] = casesOf(reportOf(anOutcome({ status: 'failed', code, note: 'why' })));

    expect(one?.failure).toContain(`✖ ${code}  why\n  Fix   ${new KnownError(code, '').hint}`);
  });

  it('lists what was found in a refused resource, and how much more', () => {
    const findings = Array.from({ length: 12 }, (_, index) => ({ rule: 'auth', path: `$.item[${index}]` }));

    const [one] = casesOf(reportOf(anOutcome({ status: 'refused', code: 'SECRETS_FOUND', findings })));

    expect(one?.failure).toContain('✖ SECRETS_FOUND  refused\n  auth at $.item[0]\n');
    expect(one?.failure).toContain('  auth at $.item[9]\n  … and 2 more\n  Fix ');
  });

  // GitLab leaves out a case whose suite and name it has seen in the file.
  it('names no two cases alike', () => {
    const twins = [...outcomes(2, { name: 'Orders' }), anOutcome({ name: 'Refunds' })];
    const names = casesOf(reportOf(...twins)).map(({ name }) => name);

    expect(names).toEqual([
      ...twins.slice(0, 2).map(({ uuid }) => `collection Orders (${uuid})`),
      'collection Refunds',
    ]);
  });

  it('names the workspace where there are several', () => {
    const backup = aBackup({
      workspaces: [payments, logistics],
      outcomes: [anOutcome(), anOutcome({ workspace: logistics.id })],
    });

    expect(casesOf(aReport({ backups: [backup] })).map(({ name }) => name)).toEqual([
      'collection Orders in Payments',
      'collection Orders in Logistics',
    ]);
  });
});

describe('whatever stands in Postman', () => {
  const everywhere = (text: string) => {
    const where = { name: text, path: text, uuid: text };
    const backup = aBackup({
      ...{ destination: `x${text}`, branch: text, directory: text },
      outcomes: [
        anOutcome(where),
        anOutcome({ ...where, status: 'failed', code: text, note: text }),
        anOutcome({
          ...where,
          status: 'refused',
          code: 'SECRETS_FOUND',
          findings: [{ rule: text, path: text }],
        }),
        anOutcome({ ...where, status: 'skipped', note: text }),
      ],
    });
    return aReport({ backups: [backup], error: new KnownError('POSTMAN_UNAVAILABLE', text, { hint: text }) });
  };
  const markup = [
    'true',
    '',
    '__proto__',
    ']]>',
    '<!-- -->',
    '"/><testcase name="x"/>',
    '&#0;&amp;&x;',
    '<?xml?>',
  ];
  const noXml = ['\0', 'a\u0008b', '\ufffe\uffff', '\ud800', '\udfffx', '\u{1ffff}'];

  it.each([...markup, ...noXml, ...HOSTILE_TEXTS])('stays text: %j', (text) => {
    expect(casesOf(everywhere(text))).toHaveLength(4);
  });

  it('stays text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(casesOf(everywhere(text))).toHaveLength(4);
      }),
    );
  });

  it('is read back as it was written', () => {
    const name = `<b> & "it's" ]]> 名前 💥`;

    expect(casesOf(reportOf(anOutcome({ name, path: name })))).toEqual([
      expect.objectContaining({ name: `collection ${name}`, file: name }),
    ]);
  });

  // GitLab reads 30 MB.
  it('leaves the file small enough for 20,000 long failures', () => {
    const failed = outcomes(100, {
      ...{ name: 'n'.repeat(300), path: 'p'.repeat(300), note: 'w'.repeat(5000) },
      ...{ status: 'failed', code: 'POSTMAN_UNAVAILABLE' },
    });

    expect(Buffer.byteLength(write(reportOf(...failed))) * 200).toBeLessThan(30_000_000);
  });
});
