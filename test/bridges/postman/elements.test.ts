/** What is said in the older model is what was meant: Postman's own transformer turns it back. */
import { expect, it } from 'vitest';
import { partFrom } from '../../../demo/postman-api/element-models.mjs';
import type { JsonObject } from '../../../src/json.ts';
import { folderFields, requestFields, responseFields } from '../../../src/postman/writes/elements.ts';
import { exampleOf } from './write-fixture.ts';

const url = { raw: 'https://api.example/a', protocol: 'https', host: ['api', 'example'], path: ['a'] };
const requestWith = (fields: JsonObject): JsonObject => ({
  id: 'r',
  name: 'Ask',
  request: { method: 'POST', header: [], url, ...fields },
  response: [],
});

const bodies: Readonly<Record<string, JsonObject>> = {
  raw: { mode: 'raw', raw: 'a\r\nb', options: { raw: { language: 'json' } } },
  empty: { mode: 'raw', raw: '' },
  'form data': {
    mode: 'formdata',
    formdata: [
      { key: 'a', value: '1', type: 'text' },
      { key: 'f', type: 'file', src: '/tmp/file', disabled: true },
    ],
  },
  'url encoded': { mode: 'urlencoded', urlencoded: [{ key: 'a', value: '1', description: 'One' }] },
  graphql: { mode: 'graphql', graphql: { query: '{ a }', variables: '{"b": 1}' } },
  file: { mode: 'file', file: { src: '/tmp/file' } },
  disabled: { mode: 'raw', raw: 'x', disabled: true },
};

it.each(Object.entries(bodies))('a request with a body that is %s', (_name, body) => {
  const request = requestWith({ body });
  expect(partFrom('request', requestFields(request))).toEqual(request);
});

it.each([
  { auth: { type: 'noauth' } },
  { auth: { type: 'jwt', jwt: [{ key: 'secret', value: '{{s}}', type: 'string' }] } },
  { description: 'What it is for' },
  { header: [{ key: 'a', value: '1', disabled: true }] },
])('a request with %j', (fields) => {
  const request = requestWith(fields);
  expect(partFrom('request', requestFields(request))).toEqual(request);
});

it('a request whose address has no raw text, and whose headers are one text', () => {
  const { raw, ...parsed } = url;
  const fields = requestFields(requestWith({ url: { ...parsed, port: '8080' }, header: 'a: 1\nb: 2' }));
  expect(fields).toMatchObject({ url: 'https://api.example:8080/a', headers: 'a: 1\nb: 2' });
  expect(requestFields(requestWith({ url: raw }))).toMatchObject({ url: raw });
});

it('a folder with scripts, variables and an auth of its own', () => {
  const script = { type: 'text/javascript', exec: ['pm.test("a");', ''] };
  const folder = {
    id: 'f',
    name: 'Refunds',
    description: 'All of them',
    auth: { type: 'basic', basic: [{ key: 'username', value: 'u', type: 'string' }] },
    event: [{ listen: 'test', script }],
    item: [],
  };
  expect(partFrom('folder', folderFields(folder))).toEqual(folder);
});

it('an example with the request that it answers', () => {
  const { request: originalRequest } = requestWith({ body: bodies['raw'] });
  const example = { id: 'e', ...exampleOf('OK', '{}'), originalRequest, cookie: [] };
  expect(partFrom('response', responseFields(example))).toMatchObject(example);
});
