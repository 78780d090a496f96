/** The component `verify`: its inputs, its job, and the schedule that it shares with the backup. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environmentLayer } from '../../src/config/layer.ts';
import { type SettingName, settings, verifySettings } from '../../src/config/settings.ts';
import { SHARED_WITH_VERIFY } from '../../src/config/verify.ts';
import { type LoopbackGitLab, startLoopbackGitLab } from '../loopback/gitlab/server.ts';
import { createConsumer, publishComponent } from './consumer.ts';
import { readComponent, renderJob } from './render.ts';

const component = await readComponent('', 'verify.yml');
const names = [...SHARED_WITH_VERIFY, ...Object.keys(verifySettings)] as SettingName[];
const jobInputs = ['stage', 'job-name', 'image', 'tags', 'resource-group', 'rules'];

function environmentOf(given: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  const { variables } = renderJob(component, given);
  return Object.fromEntries(
    Object.entries(variables).map(([key, one]) => [key, typeof one === 'string' ? one : one.value]),
  );
}

describe('the inputs of verify', () => {
  it('are the settings of the command, and those of the job', () => {
    expect(Object.keys(component.inputs).sort()).toEqual([...names, ...jobInputs].sort());
  });

  it.each(Object.entries(component.inputs))('%s is described', (_, input) => {
    expect(input.description).toMatch(/^.{10,200}\.$/);
  });

  it.each(names)('%s reaches the program as it is', (name) => {
    const { options = [`$CI_JOB_TOKEN "${name}"`], type } = settings[name];
    const given = type === 'boolean' ? 'true' : (options[0] ?? '');
    const layer = environmentLayer(environmentOf({ [name]: given }));

    expect(layer.get(name)?.value).toEqual(type === 'boolean' ? true : given);
  });

  it('are all taken for not given when nobody gives them', () => {
    expect([...environmentLayer(environmentOf()).keys()]).toEqual(['report-dir']);
  });

  it('shape the job, and never become text of the script', () => {
    const job = renderJob(component, { 'job-name': 'v', 'report-dir': 'out' });

    expect(job).toMatchObject({
      name: 'v',
      artifacts: { when: 'always', paths: ['out'], reports: { junit: 'out/junit.xml' } },
      retry: { exit_codes: [22] },
    });
    expect(JSON.stringify(job.script)).not.toContain('$[[');
  });
});

describe('the pipeline', () => {
  let gitlab: LoopbackGitLab;

  beforeAll(async () => {
    gitlab = await startLoopbackGitLab();
    await publishComponent(gitlab);
  });

  afterAll(() => gitlab.close());

  it('has the job in schedules that are for it, and in no other', async () => {
    const consumer = await createConsumer(gitlab, 'team/verified', { component: 'verify' });
    const scheduled = { CI_PIPELINE_SOURCE: 'schedule' };

    const own = await consumer.run(['--list'], { ...scheduled, POSTMAN_GITLAB_JOB: 'verify' });
    const ofBackup = await consumer.run(['--list'], scheduled);
    await consumer.remove();

    expect(own.output).toMatch(/^postman-verify .* test +on_success +false/m);
    expect(ofBackup.output).not.toContain('postman-verify');
  });
});
