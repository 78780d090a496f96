/** The component's inputs: every setting of the program, described, typed, and handed on whatever it contains. */
import { describe, expect, it } from 'vitest';
import { environmentLayer } from '../../src/config/layer.ts';
import { backupSettings, runSettings, type SettingName, settings } from '../../src/config/settings.ts';
import { readComponent, renderJob } from './render.ts';

const component = await readComponent('');
const settingNames = Object.keys({ ...backupSettings, ...runSettings }) as SettingName[];
const jobInputs = ['stage', 'job-name', 'image', 'tags', 'resource-group', 'rules'];

describe('the inputs', () => {
  it('are the settings of the program, and those of the job', () => {
    expect(Object.keys(component.inputs)).toEqual([...settingNames, ...jobInputs]);
  });

  it.each(Object.entries(component.inputs))('%s is described', (_, input) => {
    expect(input.description).toMatch(/^.{10,200}\.$/);
  });

  // GitLab collects the report: only here has a default to be known before the program runs.
  it.each(settingNames.filter((name) => name !== 'report-dir'))('%s is not given by default', (name) => {
    const input = component.inputs[name];
    expect(input).toMatchObject(
      settings[name].type === 'list' ? { type: 'array', default: [] } : { type: 'string', default: '' },
    );
  });

  it('take the default report folder from the program', () => {
    expect(component.inputs['report-dir']).toMatchObject({ default: settings['report-dir'].fallback });
  });

  it.each(settingNames)('%s offers what the program takes', (name) => {
    expect(component.inputs[name]?.options).toEqual(optionsOf(name));
  });

  it.each(settingNames)('%s reaches the program', (name) => {
    const given = exampleOf(name);

    const { variables } = renderJob(component, { [name]: given });

    expect(environmentLayer(environmentOf(variables)).get(name)?.value).toEqual(parsed(name, given));
  });

  it('are all taken for not given by the program when nobody gives them', () => {
    const layer = environmentLayer(environmentOf(renderJob(component).variables));

    expect([...layer.keys()]).toEqual(['report-dir']);
  });

  const awkward = ['it\'s "quoted"', 'key: value # no comment', '$CI_JOB_TOKEN $$ $(id) `id`', '{"a":[1]}'];

  it.each([...awkward, 'C:\\new', 'a\nb'])('hand on the text %j as it is', (text) => {
    const { variables } = renderJob(component, { directory: text });

    expect(variables['POSTMAN_GITLAB_DIRECTORY']).toEqual({ value: text, expand: false });
  });

  // Not a backslash: GitLab halves it in a list (String#gsub). Such a thing is named by its id.
  it.each(awkward)('hand on %j in a list as it is', (text) => {
    const { variables } = renderJob(component, { workspace: [text, 'Ärger 💥'] });

    expect(environmentLayer(environmentOf(variables)).get('workspace')?.value).toEqual([text, 'Ärger 💥']);
  });

  it('hand on what is no secret, which has a # that Ruby marks', () => {
    const allowed = ['Orders#$.item[0].value', 'Orders#$["a b"]', 'Refunds #7#secretlint/*'];
    const { variables } = renderJob(component, { 'allow-secrets': allowed });

    expect(environmentLayer(environmentOf(variables)).get('allow-secrets')?.value).toEqual(allowed);
  });

  it('hand on a list as text, because a variable cannot be a list', () => {
    const { variables } = renderJob(component, { workspace: ['Payments', 'Logistics'] });

    expect(variables['POSTMAN_GITLAB_WORKSPACE']).toEqual({
      value: ' ["Payments","Logistics"]',
      expand: false,
    });
  });

  it('never become text of the script', () => {
    expect(JSON.stringify(Object.values(component.body).map(scriptOf))).not.toContain('$[[');
  });

  it('shape the job', () => {
    const given = {
      stage: 'nightly',
      'job-name': 'postman',
      image: 'registry.example.com/node:24',
      tags: ['docker'],
      'resource-group': 'postman-$TEAM',
      rules: [{ when: 'manual' }],
      'report-dir': 'out',
    };

    expect(renderJob(component, given)).toMatchObject({
      name: 'postman',
      stage: 'nightly',
      image: 'registry.example.com/node:24',
      tags: ['docker'],
      resource_group: 'postman-$TEAM',
      rules: [{ when: 'manual' }],
      artifacts: { paths: ['out'] },
    });
  });
});

describe('the job', () => {
  it('is the only thing that the component brings: no global keyword', () => {
    expect(Object.keys(component.body)).toEqual(['$[[ inputs.job-name ]]']);
  });

  // 25 (partial), 20 and the rest would fail again: `script_failure` would retry those too.
  it('is retried when the trouble may pass, and for nothing else', () => {
    expect(renderJob(component)).toMatchObject({
      retry: { max: 2, when: 'runner_system_failure', exit_codes: [22, 24] },
    });
    expect(renderJob(component)).not.toHaveProperty('allow_failure');
  });

  it('keeps the report of a failed run too, for those who may see the keys', () => {
    expect(renderJob(component)).toMatchObject({ artifacts: { when: 'always', access: 'developer' } });
  });

  it('ends with the program, in an item of its own that shows one short line in the log', () => {
    const last = renderJob(component).script.at(-1);

    expect(last).toMatch(/^backup [0-9a-f]{64} <<'PROGRAM'\n[A-Za-z0-9+/=\n]+\nPROGRAM\n$/);
  });
});

function optionsOf(name: SettingName): readonly string[] | undefined {
  const setting = settings[name];
  if (setting.type === 'boolean') {
    return ['', 'true', 'false'];
  }
  return setting.type === 'choice' ? ['', ...(setting.options ?? [])] : undefined;
}

function exampleOf(name: SettingName): string | readonly string[] {
  switch (settings[name].type) {
    case 'list':
      return ['one', 'two'];
    case 'integer':
      return '7';
    case 'boolean':
      return 'true';
    case 'choice':
      return optionsOf(name)?.at(-1) ?? '';
    case 'text':
      return `some ${name}`;
  }
}

function parsed(name: SettingName, given: string | readonly string[]): unknown {
  if (settings[name].type === 'integer') {
    return Number(given);
  }
  if (settings[name].type === 'boolean') {
    return given === 'true';
  }
  return given;
}

function environmentOf(variables: ReturnType<typeof renderJob>['variables']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, variable]) => [
      name,
      typeof variable === 'string' ? variable : variable.value,
    ]),
  );
}

function scriptOf(job: unknown): unknown {
  return typeof job === 'object' && job !== null && 'script' in job ? job.script : undefined;
}
