/** The JSON Schema takes and refuses the same configuration files as the program. */
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { describeConfigFile } from '../../../src/config/file-schema.ts';
import { KnownError } from '../../../src/errors.ts';
import { load } from './load-with.ts';

const schema = describeConfigFile();
const validate = new Ajv({ strict: true, allErrors: true }).compile(schema);

describe('the schema of the configuration file', () => {
  it.each([
    ['# nothing\n{}'],
    ['backups:\ndefaults:\n'],
    ['backups: [{workspace: Payments}]'],
    ['backups: [{workspace: [A, B], collection: "Order*", exclude: [x], directory: a}]'],
    ['defaults: {kinds: all}'],
    ['defaults: {kinds: " specs, mocks "}'],
    ['defaults: {kinds: [collections, "globals,apis", monitors]}'],
    ['defaults: {project: 42, branch: "1.5", max-removals: 0, skip-ci: false}'],
    ['defaults: {project: group/sub.group/name, filename: orders, collection: Orders}'],
    ['defaults: {allow-secrets: "Orders#secretlint/*"}'],
    ['defaults: {allow-secrets: [a#b, "a # $.x"], secrets: fail, removed: archive, changes: listed}'],
    ['defaults: {author: A <a@b.example>, commit-prefix: OPS-1, layout: json, mode: commit}'],
    ['backups: [{api-key-variable: KEY_A}]\nregion: eu\nrecheck-budget: 5\ndry-run: true\nreport-dir: out'],
    ['repository: ../x.git\ndestination: auto'],
  ])('takes what the program takes: %s', (file) => {
    const env = { POSTMAN_API_KEY: 'sample', KEY_A: 'sample', POSTMAN_GITLAB_REPOSITORY: 'x' };
    expect(() => load({ file, env })).not.toThrow();
    expect(validate(parse(file)), JSON.stringify(validate.errors)).toBe(true);
  });

  it.each([
    ['a key that there is not', 'region: us\nbranch: main'],
    ['the name of the file itself', 'config: x.yml'],
    ['a key of an entry that there is not', 'backups: [{directry: a}]'],
    ['a key of the defaults that there is not', 'defaults: {recheck-budget: 1}'],
    ['no mapping', '- a'],
    ['backups that are no list', 'backups: {workspace: a}'],
    ['no backup at all', 'backups: []'],
    ['an entry that is none', 'backups: [a]'],
    ['an empty entry', 'backups: [null]'],
    ['defaults that are a list', 'defaults: []'],
    ['a number for a text', 'defaults: {branch: 1.5}'],
    ['a text for a number', 'recheck-budget: many'],
    ['a number below 0', 'defaults: {max-removals: -1}'],
    ['half a number', 'recheck-budget: 1.5'],
    ['a text for yes or no', 'dry-run: "yes"'],
    ['another choice', 'defaults: {removed: burn}'],
    ['another region', 'region: mars'],
    ['an unknown kind', 'defaults: {kinds: collection}'],
    ['an unknown kind in a list', 'defaults: {kinds: [specs, mock]}'],
    ['an unknown kind behind a comma', 'defaults: {kinds: "specs, mock"}'],
    ['an empty item', 'defaults: {workspace: [""]}'],
    ['a number in a list', 'defaults: {collection: [1]}'],
    ['a project that is none', 'defaults: {project: name}'],
    ['a variable that is none', 'token-variable: not-a-name'],
    ['an allowed secret without a rule', 'defaults: {allow-secrets: Orders}'],
  ])('refuses what the program refuses: %s', (_, file) => {
    expect(() => load({ file })).toThrow(KnownError);
    expect(validate(parse(file))).toBe(false);
  });

  it('says of each key what it is for, and what holds without it', () => {
    expect(schema).toMatchObject({
      definitions: {
        backup: {
          properties: {
            removed: {
              description: 'What to do when a resource is gone from Postman. Default: keep.',
              enum: ['keep', 'archive', 'delete'],
            },
            exclude: { description: expect.stringMatching(/One value or a list\.$/) },
          },
        },
      },
    });
  });
});
