/** The component `restore`: its inputs, and its two jobs: one shows the plan, one carries that plan out. */
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { environmentLayer } from '../../src/config/layer.ts';
import { SHARED_WITH_RESTORE } from '../../src/config/restore.ts';
import { restoreSettings, settings } from '../../src/config/settings.ts';
import { readComponent, renderBody } from './render.ts';

const component = await readComponent('', 'restore.yml');
const Job = z.looseObject({
  variables: z.record(z.string(), z.union([z.string(), z.object({ value: z.string() })])).default({}),
});
const Jobs = z.record(z.string(), Job);

/** What the person decides who looks at the plan is no input. */
const DECIDED_BY_THE_JOB = ['yes', 'plan'];
const names = [...Object.keys(restoreSettings), ...SHARED_WITH_RESTORE].filter(
  (name) => !DECIDED_BY_THE_JOB.includes(name),
);
const jobInputs = ['stage', 'job-name', 'image', 'tags', 'resource-group', 'rules'];

function jobsOf(given: Readonly<Record<string, unknown>> = {}) {
  return Jobs.parse(renderBody(component, given));
}

function environmentOf(given: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  const { variables = {} } = jobsOf(given)['.postman-restore'] ?? {};
  return Object.fromEntries(
    Object.entries(variables).map(([key, one]) => [key, typeof one === 'string' ? one : one.value]),
  );
}

describe('the inputs of restore', () => {
  it('are the settings of the command, and those of the jobs', () => {
    expect(Object.keys(component.inputs).sort()).toEqual([...names, ...jobInputs].sort());
  });

  it.each(Object.entries(component.inputs))('%s is described', (_, input) => {
    expect(input.description).toMatch(/^.{10,200}\.$/);
  });

  it.each(names)('%s reaches the program as it is', (name) => {
    const isList = Object.entries(settings).find(([one]) => one === name)?.[1].type === 'list';
    const given = name === 'in-place' ? 'true' : name === 'region' ? 'eu' : `$CI_JOB_TOKEN "${name}"`;
    const layer = environmentLayer(environmentOf({ [name]: isList ? [given] : given }));
    const value = name === 'in-place' ? true : isList ? [given] : given;
    expect([...layer].find(([one]) => one === name)?.[1].value).toEqual(value);
  });

  it('are all taken for not given when nobody gives them', () => {
    expect([...environmentLayer(environmentOf()).keys()]).toEqual(['report-dir']);
  });

  it('never become text of the script', () => {
    const scripts = Object.values(jobsOf()).map(({ script, before_script }) => [script, before_script]);
    expect(JSON.stringify(scripts)).not.toContain('$[[');
  });
});

describe('the jobs of restore', () => {
  it('are two, and one that both extend', () => {
    expect(jobsOf({ 'job-name': 'r' })).toMatchObject({
      'r-plan': { extends: '.r', before_script: ["confirmation='--yes=false'"] },
      r: { extends: '.r', needs: ['r-plan'], before_script: ["confirmation='--yes=true'"] },
    });
  });

  it('are started by hand, in pipelines that somebody started by hand', () => {
    expect(jobsOf()['.postman-restore']).toMatchObject({
      rules: [
        {
          if: '$CI_PIPELINE_SOURCE == "web" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH',
          when: 'manual',
          allow_failure: true,
        },
      ],
      resource_group: 'postman-backup',
    });
  });

  it('carry out the plan that the first of them keeps', () => {
    const jobs = jobsOf({ 'report-dir': 'out' });
    expect(jobs['postman-restore']?.variables).toEqual({
      POSTMAN_GITLAB_PLAN: { value: 'out/restore.json' },
    });
    expect(jobs['.postman-restore']).toMatchObject({ artifacts: { paths: ['out'], access: 'developer' } });
  });
});
