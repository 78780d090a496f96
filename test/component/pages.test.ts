/** The component `pages`: its inputs, its job, and the catalogue that it makes of the branch's head. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostmanApi } from '../../demo/postman-api/server.mjs';
import type { PostmanApi } from '../../demo/postman-api/types.mjs';
import { createSampleEstate } from '../../demo/sample-estate.mjs';
import { environmentLayer } from '../../src/config/layer.ts';
import { makeFolder, run } from '../end-to-end/program.ts';
import { type LoopbackGitLab, startLoopbackGitLab } from '../loopback/gitlab/server.ts';
import { type Consumer, createConsumer, publishComponent } from './consumer.ts';
import { whenInstalled } from './installed.ts';
import { readComponent, renderJob } from './render.ts';

const component = await readComponent('', 'pages.yml');

describe('the inputs of pages', () => {
  it.each(Object.entries(component.inputs))('%s is described', (_, input) => {
    expect(input.description).toMatch(/^.{10,200}\.$/);
  });

  it.each(['config', 'branch'])('%s reaches the program as it is', (name) => {
    const { variables } = renderJob(component, { [name]: '$CI_JOB_TOKEN "quoted"' });
    const env = Object.fromEntries(
      Object.entries(variables).map(([key, one]) => [key, typeof one === 'string' ? one : one.value]),
    );

    expect([...environmentLayer(env)]).toEqual([
      [name, expect.objectContaining({ value: '$CI_JOB_TOKEN "quoted"' })],
    ]);
  });

  it('shape the job, and never become text of the script', () => {
    const given = { stage: 's', image: 'i', tags: ['t'], 'resource-group': 'g', rules: [{ when: 'manual' }] };

    expect(renderJob(component, given)).toMatchObject({
      ...{ name: 'pages', stage: 's', image: 'i', tags: ['t'], resource_group: 'g' },
      rules: [{ when: 'manual' }],
    });
    expect(JSON.stringify(renderJob(component).script)).not.toContain('$[[');
    expect(Object.keys(component.inputs).sort()).toEqual(['branch', 'config', ...Object.keys(given)].sort());
  });

  it('make it run in a schedule also after a backup that failed in part', () => {
    expect(renderJob(component)).toMatchObject({
      rules: [{ when: 'never' }, { when: 'always' }, { when: 'manual' }],
    });
  });

  it('leave what GitLab publishes by: the name of the job and the folder', () => {
    expect(renderJob(component)).toMatchObject({ name: 'pages', artifacts: { paths: ['public'] } });
  });
});

whenInstalled('rsync', 'the job of pages', () => {
  let postman: PostmanApi;
  let gitlab: LoopbackGitLab;
  let consumer: Consumer;

  beforeAll(async () => {
    postman = await startPostmanApi({ estate: createSampleEstate(), limits: { enforce: false } });
    gitlab = await startLoopbackGitLab();
    await publishComponent(gitlab);
    consumer = await createConsumer(gitlab, 'team/catalogue', { component: 'pages' });
  });

  afterAll(async () => {
    await consumer.remove();
    await gitlab.close();
    await postman.close();
  });

  it('shows a backup that was committed after its own pipeline began', async () => {
    const CI_JOB_TOKEN = gitlab.createJobToken({ project: 'team/catalogue' });
    const env = { POSTMAN_API_KEY: postman.apiKey, POSTMAN_API_URL: postman.url, CI_JOB_TOKEN };
    const project = { CI_SERVER_URL: gitlab.url, CI_PROJECT_PATH: 'team/catalogue' };
    const backup = ['backup', '--workspace', 'Payments'];
    const { exitCode, stderr } = await run(backup, {
      folder: await makeFolder(),
      env: { ...env, ...project },
    });
    expect(exitCode, stderr).toBe(0);

    const finished = await consumer.run(['pages'], { CI_PIPELINE_SOURCE: 'schedule', CI_JOB_TOKEN });

    expect(finished.exitCode, finished.output).toBe(0);
    const pages = join(consumer.folder, '.gitlab-ci-local/artifacts/pages/public');
    expect(existsSync(join(pages, 'search.html'))).toBe(true);
    expect(readFileSync(join(pages, 'index.html'), 'utf8')).toContain('<bdi>Payments API</bdi>');
    const [collection = ''] = readdirSync(join(pages, 'collections'));
    const page = readFileSync(join(pages, 'collections', collection), 'utf8');
    expect(page).toMatch(/<a href="http[^"]*\/team\/catalogue\/-\/commit\/[0-9a-f]{40}"/);
    expect(finished.output).not.toContain(CI_JOB_TOKEN);
  });
});
