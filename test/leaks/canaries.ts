/** Values that must turn up nowhere: a key, tokens, and the secrets of an estate; and the search for them in any form. */
import { addCollection, addEnvironment, addWorkspace, createEstate } from '../../demo/postman-api/estate.mjs';
import type { Estate } from '../../demo/postman-api/types.d.mts';
import { createSecretFinder } from '../../src/secret-forms.ts';

/** Put together here so that no scanner takes them for real ones. */
export const POSTMAN_KEY = ['PMAK', 'ca7a51e5'.repeat(3), `${'0ddba11'.repeat(4)}beefca`].join('-');

/** One for each place in which a secret may stand; none is like another. */
export const ESTATE_SECRETS = {
  variable: 'cnry-Va8riable-5XqT2m',
  bearer: 'cnry-Be4rer-9LwK7p',
  password: 'cnry-Pa5s/word+3ZrQ8v',
  header: 'cnry-He4der-6HnD1c',
  url: 'cnry-Ur1Param-2JfB4s',
  userinfo: 'cnry-Us3rinfo-7GtM5x',
  cookie: 'cnry-Co0kie-1PzW6y',
  form: 'cnry-Fo2rm-4RkS9d',
  global: 'cnry-Gl0bal-8CvN3h',
} as const;

/** A key of somebody else, in a name: names become paths and lines. */
const KEY_IN_NAME = ['PMAK', 'feedface'.repeat(3), `${'c0c0a'.repeat(6)}77ff`].join('-');

export type Leak = { readonly what: string; readonly where: string; readonly near: string };

/** @returns a search for each of these values: as it is, encoded for a URL, in JSON, in base64. */
export function searchFor(values: Readonly<Record<string, string>>) {
  const finder = createSecretFinder<string>();
  for (const [what, value] of Object.entries(values)) {
    finder.add(value, what);
    finder.add(value.toLowerCase(), `${what}, in small letters`);
    // What is cut off leaves most of it: half a key is no secret that was kept.
    finder.add(value.slice(0, Math.ceil(value.length / 2)), `the first half of ${what}`);
  }
  return (text: string, where: string): Leak[] =>
    finder.find(text).map(({ start, end, about }) => ({
      what: about,
      where,
      near: text.slice(Math.max(0, start - 60), end + 20),
    }));
}

export const ALL_SECRETS = { ...ESTATE_SECRETS, 'key in a name': KEY_IN_NAME };

/** A workspace with a secret in every place, and repeated in a script, a body and a saved answer. */
export function createCanaryEstate(): Estate {
  const { variable, bearer, password, header, url, userinfo, cookie, form, global } = ESTATE_SECRETS;
  const estate = createEstate({ seed: 'canaries' });
  const { id } = addWorkspace(estate, {
    name: 'Payments',
    globals: [{ key: 'secret', value: global, type: 'secret', enabled: true }],
  });
  const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
  const address = `https://api.example/ping?api_key=${url}`;
  addCollection(estate, id, {
    info: { name: 'Orders', schema },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: bearer, type: 'string' }] },
    item: [
      {
        name: 'Ping',
        event: [
          {
            listen: 'test',
            script: { exec: [`send('${bearer}');`, `// ${Buffer.from(header).toString('base64')}`] },
          },
        ],
        request: {
          method: 'POST',
          auth: { type: 'basic', basic: { username: 'mara', password } },
          header: [
            { key: 'X-Api-Key', value: header },
            { key: 'Cookie', value: `sid=${cookie}` },
          ],
          body: { mode: 'urlencoded', urlencoded: [{ key: 'client_secret', value: form }] },
          url: { raw: address, query: [{ key: 'api_key', value: url }] },
          description: `Ask https://mara:${userinfo}@api.example for ${encodeURIComponent(password)}.`,
        },
        response: [
          { name: 'Pong', originalRequest: { method: 'GET', url: address }, body: `{"was":"${bearer}"}` },
        ],
      },
    ],
    variable: [{ key: 'secret', value: variable, type: 'secret' }],
  });
  addCollection(estate, id, { info: { name: `Notes on ${KEY_IN_NAME}`, schema }, item: [] });
  addEnvironment(estate, id, {
    name: 'Staging',
    values: [
      { key: 'secret', value: variable, type: 'secret', enabled: true },
      {
        key: 'header',
        value: `Basic ${Buffer.from(`mara:${variable}`).toString('base64')}`,
        type: 'default',
        enabled: true,
      },
    ],
  });
  return estate;
}
