import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KnownError } from '../../../src/errors.ts';
import { codeSpan } from '../../../src/report/markdown.ts';
import { renderMarkdown } from '../../../src/report/render-markdown.ts';
import { NO_COST } from '../../../src/report/report.ts';
import { aBackup, anOutcome, aReport, outcomes, reportOf } from './sample-report.ts';

// CommonMark 0.31 §6.1: from a run of backticks to the next run of the same length.
const CODE_SPAN = /(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/gu;

/** What a Markdown renderer reads as more than text in code: everything outside of code spans. */
function outsideOfCode(markdown: string): string {
  return markdown.replace(CODE_SPAN, 'CODE');
}

const hostile = [
  '<img src=x onerror=alert(1)>',
  '</details><script>alert(1)</script>',
  '[click](javascript:alert(1))',
  '![](https://tracker.example/x.png)',
  '@everyone #1 !2 ~bug %3 :boom:',
  'a | b |',
  'one ` two `` three ```',
  '`edge`',
  'line\n\n# heading\n- item\r\n/close',
  'https://evil.example www.evil.example me@evil.example',
];

describe('report.md', () => {
  it.each(hostile)('tells what changed in a resource, and leaves %j in code', (name) => {
    const difference = { piece: 'request', name, within: [name], change: 'edited', fields: [name] } as const;
    const report = reportOf(
      anOutcome({ status: 'changed', changes: ['updated'], differences: [difference] }),
    );
    expect(outsideOfCode(renderMarkdown(report))).toContain(
      '### What changed\n\n#### collection CODE\n\n- requests:\n  - changed CODE in CODE: CODE\n',
    );
  });

  it('tells the whole story of a run', () => {
    const backup = aBackup({
      outcomes: [
        anOutcome({
          status: 'changed',
          changes: ['added'],
          name: 'Orders',
          path: 'Orders.postman_collection.json',
        }),
        anOutcome({
          status: 'changed',
          changes: ['renamed'],
          name: 'Billing',
          previous: 'Bills',
          hidden: true,
        }),
        anOutcome({
          status: 'failed',
          code: 'RESOURCE_INVALID',
          note: 'no info',
          name: 'Odd',
          kind: 'environments',
        }),
        anOutcome({ status: 'kept', name: 'Old', note: 'gone from Postman' }),
      ],
      commits: [{ id: '1a2b3c4d5e6f', url: 'https://gitlab.example/c/1a2b', title: 'Back up' }],
      warnings: ['The token expires in 6 days.'],
    });
    const cost = { ...NO_COST, callsByKind: { 'api.postman.example': { lists: 1 } } };
    const quota = { limit: 1000, left: 7 };
    expect(renderMarkdown(aReport({ backups: [backup], cost, quota }))).toBe(
      `# Postman backup: partial

Some resources are missing from this backup; their last good state was left as it is. (exit code 25, 42 s)

- 2031-02-03T04:05:06.000Z to 2031-02-03T04:05:48.000Z, version \`1.2.3\`
- 1 API call: api.postman.example 1 (lists 1).
- 7 of 1000 Postman calls are left this month.

## \`platform/apis\`, branch \`main\`, directory \`Postman Collections\`

| | added | updated | renamed | removed | unchanged | unverified | failed | kept |
|---|---:|---:|---:|---:|---:|---:|---:|---:|
| collections | 1 | 0 | 1 | 0 | 0 | 0 | 0 | 1 |
| environments | 0 | 0 | 0 | 0 | 0 | 0 | 1 | 0 |
| total | 1 | 0 | 1 | 0 | 0 | 0 | 1 | 1 |

2 of 3 resources verified; 1 failed or refused.

### Warnings

- \`The token expires in 6 days.\`

### Failed

- failed, \`RESOURCE_INVALID\`: environment \`Odd\`: \`no info\`

### Changes

- added: collection \`Orders\`, file \`Orders.postman_collection.json\`
- renamed: collection \`Billing\` (was \`Bills\`; edit not shown by Postman's list)

### Kept and skipped

- kept: collection \`Old\`: \`gone from Postman\`

### Commits

- [\`1a2b3c4d\`](<https://gitlab.example/c/1a2b>) \`Back up\`
`,
    );
  });

  it('shows the error that ended a run as a block which its message cannot end', () => {
    const error = new KnownError('WORKSPACE_NOT_FOUND', 'No workspace "```\n<b>".', {
      hint: 'Did you mean "x"?',
    });
    expect(renderMarkdown(aReport({ error }))).toContain(
      '\n````text\n✖ WORKSPACE_NOT_FOUND  No workspace "```\n  <b>".\n  Fix   Did you mean "x"?\n' +
        '  More  docs/errors.md#workspace_not_found\n````\n',
    );
  });

  it('lists the findings of a refused resource', () => {
    const findings = [{ rule: 'secret-variable', path: 'variable[2].value' }];
    const refused = renderMarkdown(reportOf(anOutcome({ status: 'refused', findings })));
    expect(refused).toContain(
      '- refused: collection `Orders` (1 secret found), found `secret-variable at variable[2].value`\n',
    );
  });

  it('folds a list after fifty lines and loses none of it', () => {
    const some = outcomes(53, { status: 'changed', changes: ['updated'] });
    const lines = renderMarkdown(reportOf(...some)).split('\n');
    const fold = lines.indexOf('<details>');
    expect(lines.slice(0, fold).filter((line) => line.startsWith('- updated'))).toHaveLength(50);
    expect(lines.slice(fold)).toEqual([
      '<details>',
      '<summary>… and 3 more</summary>',
      '',
      ...lines.slice(fold + 3, fold + 6),
      '',
      '</details>',
      '',
    ]);
    expect(lines.slice(fold).filter((line) => line.startsWith('- updated'))).toHaveLength(3);
  });

  it('folds nothing at fifty lines', () => {
    expect(renderMarkdown(reportOf(...outcomes(50, { status: 'kept' })))).not.toContain('<details>');
  });
});

describe('untrusted text in report.md', () => {
  it.each(hostile)('stands in code only: %j', (text) => {
    const backup = (name: string) =>
      aBackup({
        destination: name,
        branch: name,
        directory: name,
        outcomes: [
          anOutcome({ name, previous: name, path: name, status: 'changed', changes: ['renamed'] }),
          anOutcome({ name, status: 'failed', code: name, note: name }),
          anOutcome({ name, status: 'refused', note: name, findings: [{ rule: name, path: name }] }),
        ],
        commits: [{ id: name, url: name, title: name }],
        warnings: [name],
      });
    const report = (name: string) => outsideOfCode(renderMarkdown(aReport({ backups: [backup(name)] })));
    expect(report(text)).toBe(report('harmless'));
  });

  it('makes exactly one code span of any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[`a ]{1,20}$/u)), (text) => {
        fc.pre(text.trim() !== '');
        expect(outsideOfCode(`- ${codeSpan(text)}, then \`x\``)).toBe('- CODE, then CODE');
      }),
    );
  });

  it.each(['javascript:alert(1)', 'https://user:pass@gitlab.example/', 'not a link', 'data:text/html,x'])(
    'is no link when it is %s',
    (url) => {
      const commits = [{ id: '1a2b3c4d', url, title: 'Back up' }];
      const markdown = renderMarkdown(aReport({ backups: [aBackup({ commits })] }));
      expect(markdown).toContain('- `1a2b3c4d` `Back up`\n');
    },
  );

  it('cannot leave the address of a link', () => {
    const commits = [{ id: '1a2b3c4d', url: 'https://gitlab.example/a?b=\\>)<img>\n`', title: 'Back up' }];
    const markdown = renderMarkdown(aReport({ backups: [aBackup({ commits })] }));
    expect(markdown).toMatch(/- \[`1a2b3c4d`\]\(<https:\/\/gitlab\.example\/[^<>\\\s]*>\) `Back up`\n/u);
  });

  it('says so when a name is empty', () => {
    expect(renderMarkdown(reportOf(anOutcome({ name: ' ', status: 'kept' })))).toContain(
      'collection (no name)\n',
    );
  });
});
