/** One body of each of the newer kinds, put together from as many answers as it takes. */
import { describe, expect, it } from 'vitest';
import type { Kind, ResourceRef } from '../../../src/model.ts';
import { knownErrorOf } from '../known-error-of.ts';
import { answering, legacy, problem, type Table, uuidOf } from './canned.ts';
import { refOf } from './fixture.ts';

const ID = uuidOf(1);

function ref(kind: Kind): ResourceRef {
  return refOf(ID, { kind });
}

const spec = { id: ID, name: 'Payments', type: 'OPENAPI:3.0', fileFormat: 'yaml' };
const root = { id: uuidOf(2), path: 'openapi.yaml', name: 'openapi.yaml', type: 'ROOT' };
const error = {
  id: uuidOf(3),
  path: 'schemas/Error & more.yaml',
  name: 'Error & more.yaml',
  type: 'DEFAULT',
};

function specTable(more: Table = {}): Table {
  return {
    [`specs/${ID}`]: { body: spec },
    [`specs/${ID}/files`]: { body: { files: [root, error], meta: { nextCursor: null } } },
    [`specs/${ID}/files/openapi.yaml`]: { body: { ...root, content: 'openapi: 3.0.3\n' } },
    [`specs/${ID}/files/schemas/Error & more.yaml`]: { body: { ...error, content: '' } },
    ...more,
  };
}

const whole = {
  ...spec,
  files: [
    { ...root, content: 'openapi: 3.0.3\n' },
    { ...error, content: '' },
  ],
};

describe('a spec', () => {
  it('comes with all of its files, each asked for by its own path', async () => {
    const { source, asked } = answering(specTable());
    expect(await source.fetch(ref('specs'))).toEqual(whole);
    expect(asked).toEqual([
      `specs/${ID}`,
      `specs/${ID}/files`,
      `specs/${ID}/files/openapi.yaml`,
      `specs/${ID}/files/schemas%2FError%20%26%20more.yaml`,
    ]);
  });

  it('whose files come page by page is whole too', async () => {
    const { source } = answering(
      specTable({
        [`specs/${ID}/files`]: { body: { files: [root], meta: { nextCursor: 'n=' } } },
        [`specs/${ID}/files?cursor=n=`]: { body: { files: [error], meta: {} } },
      }),
    );
    expect(await source.fetch(ref('specs'))).toEqual(whole);
  });

  it('is not taken for whole when the page behind its cursor is the first one again', async () => {
    const page = { body: { files: [root, error], meta: { nextCursor: 'n' } } };
    const { source } = answering(
      specTable({ [`specs/${ID}/files`]: page, [`specs/${ID}/files?cursor=n`]: page }),
    );
    expect((await knownErrorOf(source.fetch(ref('specs')))).code).toBe('RESOURCE_INVALID');
  });

  it.each<[string, Table, RegExp]>([
    [
      'whose pages of files lead in a circle',
      {
        [`specs/${ID}/files`]: { body: { files: [root], meta: { nextCursor: 'n' } } },
        [`specs/${ID}/files?cursor=n`]: { body: { files: [error], meta: { nextCursor: 'n' } } },
      },
      /lead in a circle$/,
    ],
    [
      'with a file that is not given',
      {
        [`specs/${ID}/files/schemas/Error & more.yaml`]: legacy(404, 'instanceNotFoundError', 'Gone.'),
      },
      /names the file "schemas\/Error & more.yaml" as a part of it and does not give it/,
    ],
    [
      'with a file without content',
      { [`specs/${ID}/files/openapi.yaml`]: { body: root } },
      /something else than the file "openapi.yaml"/,
    ],
    [
      "with another file's content",
      { [`specs/${ID}/files/openapi.yaml`]: { body: { ...error, content: 'x' } } },
      /something else than the file "openapi.yaml"/,
    ],
    [
      "with the content of another file's id",
      { [`specs/${ID}/files/openapi.yaml`]: { body: { ...root, id: error.id, content: 'x' } } },
      /something else than the file "openapi.yaml"/,
    ],
    ['without a list of files', { [`specs/${ID}/files`]: { body: { meta: {} } } }, /has no `files` in it/],
    [
      'with a file of no path',
      { [`specs/${ID}/files`]: { body: { files: [{ id: 'x' }] } } },
      /has no `files` in it/,
    ],
    [
      'with a file that would be another address',
      { [`specs/${ID}/files`]: { body: { files: [{ ...root, path: '..' }] } } },
      /"\.\.", which cannot be asked for/,
    ],
    ['that is no spec', { [`specs/${ID}`]: { body: { error: { message: 'Odd.' } } } }, /an error: Odd/],
  ])('%s is refused: it would not be whole', async (_, table, message) => {
    const failure = await knownErrorOf(answering(specTable(table)).source.fetch(ref('specs')));
    expect(failure.code).toBe('RESOURCE_INVALID');
    expect(failure.message).toMatch(message);
  });

  it.each([
    [problem(401, 'unauthorized', 'A valid API key must be provided'), 'POSTMAN_KEY_REFUSED'],
    [problem(403, 'forbidden', "This feature isn't available in your region."), 'POSTMAN_FORBIDDEN'],
    [legacy(404, 'instanceNotFoundError', 'Gone.'), 'RESOURCE_NOT_FOUND'],
    [legacy(500, 'serverError', 'Sorry.'), 'POSTMAN_UNAVAILABLE'],
  ])('that is answered with %j is a failure of its own', async (answer, code) => {
    const { source } = answering({ [`specs/${ID}`]: answer });
    expect((await knownErrorOf(source.fetch(ref('specs')))).code).toBe(code);
  });
});

describe('mocks and monitors', () => {
  it.each([
    ['mocks', 'mock'],
    ['monitors', 'monitor'],
  ] as const)('%s come without their envelope, asked for by id', async (kind, envelope) => {
    const { source, asked } = answering({
      [`${kind}/${ID}`]: { body: { [envelope]: { id: ID, name: 'One' } } },
    });
    expect(await source.fetch(ref(kind))).toEqual({ id: ID, name: 'One' });
    expect(asked).toEqual([`${kind}/${ID}`]);
  });

  it.each(['mocks', 'monitors'] as const)('%s of another envelope are refused', async (kind) => {
    const { source } = answering({ [`${kind}/${ID}`]: { body: { id: ID } } });
    expect((await knownErrorOf(source.fetch(ref(kind)))).code).toBe('RESOURCE_INVALID');
  });

  it.each(['mocks', 'monitors'] as const)('%s that are gone are not found', async (kind) => {
    const { source } = answering({
      [`${kind}/${ID}`]: legacy(404, 'instanceNotFoundError', 'It does not exist.'),
    });
    expect((await knownErrorOf(source.fetch(ref(kind)))).code).toBe('RESOURCE_NOT_FOUND');
  });
});

describe('an API of the API Builder', () => {
  const [SCHEMA, ATTACHED] = [uuidOf(5), uuidOf(6)];
  const path = `apis/${ID}?include=collections,schemas,versions,gitInfo`;
  const file = { id: uuidOf(7), path: 'common/error.yaml', name: 'error.yaml' };
  const collection = { info: { _postman_id: ATTACHED, name: 'Orders' }, item: [] };

  function apiTable(more: Table = {}): Table {
    return {
      [path]: {
        body: { id: ID, name: 'Payments', schemas: [{ id: SCHEMA }], collections: [{ id: ATTACHED }] },
      },
      [`apis/${ID}/schemas/${SCHEMA}`]: { body: { type: 'openapi:3', files: { data: [file], meta: {} } } },
      [`apis/${ID}/schemas/${SCHEMA}/files`]: { body: { files: [file], meta: {} } },
      [`apis/${ID}/schemas/${SCHEMA}/files/common/error.yaml`]: {
        body: { ...file, content: 'type: object' },
      },
      [`apis/${ID}/collections/${ATTACHED}`]: { body: collection },
      ...more,
    };
  }

  it('comes with the files of its definition and the collections attached to it', async () => {
    const { source, accepted } = answering(apiTable());
    expect(await source.fetch(ref('apis'))).toEqual({
      id: ID,
      name: 'Payments',
      schemas: [{ id: SCHEMA, type: 'openapi:3', files: [{ ...file, content: 'type: object' }] }],
      collections: [{ id: ATTACHED, collection }],
    });
    expect(new Set(accepted)).toEqual(new Set(['application/vnd.api.v10+json']));
  });

  it('whose schema says neither its id nor its type is whole too (OpenAPI 1.45.0, example getApiSchema)', async () => {
    const schema = { createdAt: '2022-03-29T11:37:15Z', files: { data: [file], meta: {} } };
    const { source } = answering(apiTable({ [`apis/${ID}/schemas/${SCHEMA}`]: { body: schema } }));
    expect(await source.fetch(ref('apis'))).toMatchObject({ schemas: [{ id: SCHEMA, files: [file] }] });
  });

  it('whose schema and its list agree that there is no file is whole too', async () => {
    const { source } = answering(
      apiTable({
        [`apis/${ID}/schemas/${SCHEMA}`]: { body: { type: 'openapi:3', files: { data: [], meta: {} } } },
        [`apis/${ID}/schemas/${SCHEMA}/files`]: { body: { files: [], meta: {} } },
      }),
    );
    expect(await source.fetch(ref('apis'))).toMatchObject({ schemas: [{ id: SCHEMA, files: [] }] });
  });

  it('that is connected to git is what there is of it', async () => {
    const connected = { id: ID, name: 'Payments', gitInfo: { repository: 'payments' }, versions: [] };
    const { source, asked } = answering({ [path]: { body: connected } });
    expect(await source.fetch(ref('apis'))).toEqual({ ...connected, schemas: [], collections: [] });
    expect(asked).toHaveLength(1);
  });

  it.each<[string, Table]>([
    [
      'without its collection',
      { [`apis/${ID}/collections/${ATTACHED}`]: { status: 404, body: { error: { title: 'Gone' } } } },
    ],
    [
      'with the collection of another API',
      {
        [`apis/${ID}/collections/${ATTACHED}`]: {
          body: { ...collection, info: { _postman_id: uuidOf(8), name: 'Refunds' } },
        },
      },
    ],
    [
      'with the schema of another API',
      { [`apis/${ID}/schemas/${SCHEMA}`]: { body: { id: uuidOf(8), type: 'openapi:3' } } },
    ],
    ['with an empty schema', { [`apis/${ID}/schemas/${SCHEMA}`]: { body: {} } }],
    ['with an empty collection', { [`apis/${ID}/collections/${ATTACHED}`]: { body: {} } }],
    [
      'without its schema',
      { [`apis/${ID}/schemas/${SCHEMA}`]: legacy(404, 'instanceNotFoundError', 'Schema not found') },
    ],
    [
      'without its files',
      { [`apis/${ID}/schemas/${SCHEMA}/files`]: legacy(404, 'instanceNotFoundError', 'Gone') },
    ],
    [
      'with a list of no files where its schema shows one',
      { [`apis/${ID}/schemas/${SCHEMA}/files`]: { body: { files: [], meta: {} } } },
    ],
    ['that is none', { [path]: { body: { name: 'Payments' } } }],
  ])('%s is refused: it would not be whole', async (_, table) => {
    const failure = await knownErrorOf(answering(apiTable(table)).source.fetch(ref('apis')));
    expect(failure.code).toBe('RESOURCE_INVALID');
  });

  it('of version 9 is told as such', async () => {
    const v9 = {
      status: 422,
      body: { type: 'unsupportedEntityError', detail: 'This endpoint does not support v9 APIs.' },
    };
    const failure = await knownErrorOf(answering({ [path]: v9 }).source.fetch(ref('apis')));
    expect(failure.message).toContain('422: This endpoint does not support v9 APIs');
  });
});
