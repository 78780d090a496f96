/** The job against the schema of GitLab's own editor, which lies beside the project and not in it. */
import { existsSync, readFileSync } from 'node:fs';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { readComponent, renderJob } from './render.ts';

const schema = new URL('../../../shared/reference/gitlab-ci-schema.json', import.meta.url);
const isThere = existsSync(schema);
const title = "GitLab's schema of .gitlab-ci.yml";
if (!isThere) {
  console.warn(`NOT RUN: ${title}: ../shared/reference/gitlab-ci-schema.json is not there`);
}

const components = ['backup.yml', 'pages.yml', 'push.yml'];

describe.runIf(isThere)(isThere ? title : `${title} (NOT RUN: it is not there)`, () => {
  const problemsOf = async (component: string, change: object) => {
    const ajv = new Ajv.default({ strict: false, allErrors: true });
    addFormats.default(ajv);
    const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')));
    // The schema wants at least one tag where there are any; GitLab itself takes an empty list.
    const { name, ...job } = renderJob(await readComponent('// program', component), { tags: ['docker'] });
    validate({ [name]: { ...job, ...change } });
    return validate.errors ?? [];
  };

  it.each(components)('takes the job of %s', async (component) => {
    expect(await problemsOf(component, {})).toEqual([]);
  });

  it.each(components)('would tell a keyword that GitLab does not know in %s', async (component) => {
    expect(await problemsOf(component, { resource_groups: 'x' })).not.toEqual([]);
  });
});
