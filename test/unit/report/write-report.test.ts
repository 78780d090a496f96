import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { XMLValidator } from 'fast-xml-parser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KnownError } from '../../../src/errors.ts';
import { describeError } from '../../../src/report/describe-error.ts';
import { describeReport } from '../../../src/report/describe-report.ts';
import { createMask } from '../../../src/report/mask.ts';
import { maskReport } from '../../../src/report/mask-report.ts';
import { renderMarkdown } from '../../../src/report/render-markdown.ts';
import { NO_COST, type Report } from '../../../src/report/report.ts';
import { writeReport } from '../../../src/report/write-report.ts';
import { aBackup, anOutcome, aReport } from './sample-report.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'report-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

/** A report that holds `text` wherever it holds text from outside. */
function reportFullOf(text: string): Report {
  const finding = { rule: text, path: text };
  const backup = aBackup({
    destination: text,
    branch: text,
    directory: text,
    workspaces: [
      { id: 'workspace-1', name: text },
      { id: 'workspace-2', name: text },
    ],
    outcomes: [
      anOutcome({ name: text, previous: text, path: text, status: 'changed', changes: ['renamed'] }),
      anOutcome({ name: text, status: 'failed', code: 'POSTMAN_UNAVAILABLE', note: text }),
      anOutcome({ name: text, status: 'refused', note: text, findings: [finding] }),
    ],
    commits: [{ id: text, url: `https://gitlab.example/${text}`, title: text }],
    mergeRequest: { iid: 7, url: `https://gitlab.example/${text}`, state: 'created' },
    warnings: [text],
  });
  const error = new KnownError('POSTMAN_UNAVAILABLE', text, { hint: text });
  return aReport({ backups: [backup], error, cost: { ...NO_COST, callsByKind: { [text]: { lists: 1 } } } });
}

function formsOf(secret: string): string[] {
  const wellFormed = secret.toWellFormed();
  return [
    secret,
    encodeURI(wellFormed),
    encodeURIComponent(wellFormed),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(wellFormed).toString('base64'),
  ];
}

async function readAll(): Promise<string> {
  const files = (await readdir(directory)).sort();
  expect(files).toEqual(['annotations.json', 'junit.xml', 'report.env', 'report.json', 'report.md']);
  const texts = await Promise.all(files.map((file) => readFile(path.join(directory, file), 'utf8')));
  return texts.join('\n');
}

describe('the files of a report', () => {
  it('are written into a directory that did not exist', async () => {
    const nested = path.join(directory, 'a', 'b');
    const report = aReport({ backups: [aBackup({ outcomes: [anOutcome()] })] });
    await writeReport({ report, directory: nested, mask: createMask() });
    const json = await readFile(path.join(nested, 'report.json'), 'utf8');
    expect(json).toBe(`${JSON.stringify(report, null, 2)}\n`);
    expect(await readFile(path.join(nested, 'report.md'), 'utf8')).toBe(renderMarkdown(report));
  });

  it('leave a failure to the caller', async () => {
    const file = path.join(directory, 'file');
    await writeFile(file, '');
    await expect(writeReport({ report: aReport(), directory: file, mask: createMask() })).rejects.toThrow(
      /EEXIST/u,
    );
  });

  it('hold no secret of which only a part would be shown', async () => {
    const mask = createMask();
    mask.add('a-secret-that-is-cut');
    const report = reportFullOf(`${'x'.repeat(190)}a-secret-that-is-cut`);
    await writeReport({ report, directory, mask });
    expect(await readAll()).not.toContain('a-secret');
    expect(describeReport(maskReport(report, mask))).not.toContain('a-secret');
  });

  it('hold no secret that only the rendering puts together, or that is a number', async () => {
    const mask = createMask();
    mask.add('pass phrase');
    mask.add('31415926');
    const name = 'pass\u0007phrase';
    const commits = [{ id: 'f'.repeat(40), url: 'https://gitlab.example/', title: name }];
    const backup = aBackup({ warnings: [name], outcomes: [anOutcome({ name })], commits });
    await writeReport({
      report: aReport({ backups: [backup], cost: { ...NO_COST, waitedMs: 31415926 } }),
      directory,
      mask,
    });
    expect(await readFile(path.join(directory, 'report.md'), 'utf8')).toContain('- `[masked]`\n');
    expect(await readAll()).not.toMatch(/pass phrase|31415926/u);
  });
});

describe('a secret that looks like a part of a file', () => {
  it.each([
    'testcase',
    'classname="',
    '</testsuites>',
    'external_link',
    '"label": "',
    'POSTMAN_BACKUP_CHANGED',
  ])('leaves the file what it is: %s', async (secret) => {
    const mask = createMask();
    mask.add(secret);
    await writeReport({ report: reportFullOf(`x ${secret} x`), directory, mask });
    const read = (name: string) => readFile(path.join(directory, name), 'utf8');
    expect(XMLValidator.validate(await read('junit.xml'))).toBe(true);
    expect(await read('junit.xml')).toContain('[masked]');
    expect(JSON.parse(await read('annotations.json'))).toEqual({
      'Postman backup': Array(1).fill({
        external_link: { label: expect.any(String), url: expect.stringContaining('masked') },
      }),
    });
    expect(await read('report.env')).toMatch(/^POSTMAN_BACKUP_CHANGED=true\nPOSTMAN_BACKUP_MR_URL=.*\n$/);
  });
});

describe('no registered secret', () => {
  const secrets = fc
    .oneof(fc.string({ unit: 'binary', minLength: 8 }), fc.stringMatching(/^[\w"\\|`<>@ ]{8,40}$/u))
    .filter((text) => text.trim().length >= 8);

  it('survives in the log', () => {
    fc.assert(
      fc.property(secrets, fc.nat(4), fc.string(), (secret, form, before) => {
        const mask = createMask();
        mask.add(secret);
        const text = `${before}${formsOf(secret)[form] ?? ''}`;
        const error = new KnownError('GITLAB_UNAVAILABLE', text);
        const shown = `${mask.apply(describeReport(reportFullOf(text)))}${mask.apply(describeError(error))}`;
        for (const one of formsOf(secret)) {
          expect(shown).not.toContain(one);
        }
      }),
    );
  });

  it('survives in a file of the report', async () => {
    await fc.assert(
      fc.asyncProperty(secrets, fc.nat(4), fc.string(), async (secret, form, before) => {
        const mask = createMask();
        mask.add(secret);
        await writeReport({
          report: reportFullOf(`${before}${formsOf(secret)[form] ?? ''}`),
          directory,
          mask,
        });
        const json = await readFile(path.join(directory, 'report.json'), 'utf8');
        const all = await readAll();
        for (const one of formsOf(secret)) {
          expect(all).not.toContain(one);
        }
        expect(JSON.parse(json)).toMatchObject({ version: 1, exitCode: 22 });
      }),
    );
  });
});
