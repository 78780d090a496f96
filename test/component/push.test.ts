/** The component `push`: its inputs, and when its job runs. */
import { describe, expect, it } from 'vitest';
import { environmentLayer } from '../../src/config/layer.ts';
import { PUSH_SETTINGS } from '../../src/config/push.ts';
import { settings } from '../../src/config/settings.ts';
import { readComponent, renderJob } from './render.ts';

const component = await readComponent('', 'push.yml');
const backup = await readComponent('');

const JOB_INPUTS = ['stage', 'job-name', 'image', 'tags', 'resource-group', 'rules'];
// The pipeline says which branch of which project was pushed.
const OF_THE_PIPELINE = ['branch', 'project', 'repository'];
const handedOn = PUSH_SETTINGS.filter((name) => !OF_THE_PIPELINE.includes(name));

function jobOf(its: typeof component): Readonly<Record<string, unknown>> {
  return renderJob(its);
}

function layerOf(given: Readonly<Record<string, unknown>>) {
  const { variables } = renderJob(component, given);
  return environmentLayer(
    Object.fromEntries(
      Object.entries(variables).map(([key, one]) => [key, typeof one === 'string' ? one : one.value]),
    ),
  );
}

describe('the inputs of push', () => {
  it('are the settings of the command but for what the pipeline says, and those of the job', () => {
    expect(Object.keys(component.inputs)).toEqual([...handedOn, ...JOB_INPUTS]);
  });

  it.each(Object.entries(component.inputs))('%s is described', (_, input) => {
    expect(input.description).toMatch(/^.{10,240}\.$/);
  });

  it.each(handedOn)('%s reaches the program, and is not given by default', (name) => {
    const { type, options } = settings[name];
    const [given, value] =
      type === 'list'
        ? [['a'], ['a']]
        : type === 'integer'
          ? ['5', 5]
          : type === 'boolean'
            ? ['true', true]
            : [options?.[0] ?? 'x', options?.[0] ?? 'x'];
    expect(layerOf({ [name]: given }).get(name)?.value).toEqual(value);
    expect(layerOf({}).size).toBe(0);
  });

  it('shape the job, and never become text of the script', () => {
    const given = { stage: 's', 'job-name': 'n', image: 'i', tags: ['t'], 'resource-group': 'g' };
    expect(renderJob(component, given)).toMatchObject({
      ...{ name: 'n', stage: 's', image: 'i', tags: ['t'], resource_group: 'g' },
    });
    expect(JSON.stringify(renderJob(component).script)).not.toContain('$[[');
  });
});

describe('the job of push', () => {
  it('waits for a backup that is under way, and a backup for it', () => {
    expect(jobOf(component)['resource_group']).toBe(jobOf(backup)['resource_group']);
  });

  it('runs on pushes to branches that change files of a backup', () => {
    const rules = jobOf(component)['rules'] as readonly { if: string; changes?: readonly string[] }[];
    expect(rules.every((rule) => rule.if.includes('$CI_PIPELINE_SOURCE == "push"'))).toBe(true);
    expect(rules.at(-1)).toMatchObject({ if: expect.stringContaining('$CI_COMMIT_BRANCH') });
    expect(rules.at(-1)?.changes).toEqual(['**/*.postman_*', '**/*.postman_*/**/*', '**/*.spec/**/*']);
  });
});
