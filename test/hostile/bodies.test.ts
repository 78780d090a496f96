/** Bodies that no sane client makes: each becomes files of its own, or one failed resource with a clear reason. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Kind } from '../../src/model.ts';
import { type FetchedOne, fetchOne, UUID } from './fetch-one.ts';
import { HOSTILE_TEXTS, hostileText, SEED } from './hostile-text.ts';

const KINDS: readonly Kind[] = [
  'collections',
  'environments',
  'globals',
  'specs',
  'apis',
  'mocks',
  'monitors',
  'workspaces',
];

const info = {
  name: 'Orders',
  schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
};

function collection(item: unknown, rest: object = {}): object {
  return { info, item, ...rest };
}

function nested(levels: number, around: (inner: unknown) => unknown): unknown {
  let value: unknown = 'x';
  for (let level = 0; level < levels; level++) {
    value = around(value);
  }
  return value;
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function textOf({ rendered }: FetchedOne): string {
  return rendered?.files.map(({ content }) => content.toString()).join('') ?? '';
}

/** Every key that the code looks at, with anything behind it. */
const anyBody = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    hostileText,
    fc.constantFrom(null, true, 0, -1, 1e308, 1e21, [], {}),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(
    fc.constantFrom(
      ...[
        'info',
        'name',
        'id',
        '_postman_id',
        'item',
        'event',
        'script',
        'exec',
        'listen',
        'response',
        'values',
      ],
      ...[
        'value',
        'key',
        'type',
        'auth',
        'basic',
        'header',
        'cookie',
        'url',
        'raw',
        'query',
        'body',
        'files',
      ],
      ...['path', 'content', 'schemas', 'collections', 'collection', 'error', '__proto__', 'constructor'],
    ),
    tie('value'),
    { maxKeys: 5 },
  ),
})).object;

/** What makes a body pass for a resource of its kind, so that what lies behind is reached. */
const SKELETONS: Readonly<Partial<Record<Kind, object>>> = {
  collections: { info, item: [] },
  environments: { values: [] },
  globals: { values: [] },
  specs: { id: UUID, files: [{ path: 'a', content: 'b' }] },
  apis: { id: UUID, name: 'Orders', schemas: [], collections: [] },
};

describe('any body', () => {
  it.each(KINDS)('becomes files or a failed resource, and no bug: %s', async (kind) => {
    const withSkeleton = anyBody.map((body) => ({ ...SKELETONS[kind], ...body }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(anyBody, withSkeleton, fc.jsonValue()), async (body) => {
        const { rendered, outcome } = await fetchOne(kind, body);
        expect(rendered !== undefined || outcome?.code === 'RESOURCE_INVALID').toBe(true);
        const paths = rendered?.files.map(({ path }) => path) ?? [];
        expect(new Set(paths).size).toBe(paths.length);
      }),
      { seed: SEED, numRuns: 150 },
    );
  });
});

describe('a body that is nested ten thousand levels deep', () => {
  it.each<[string, Kind, unknown]>([
    ['in folders', 'collections', collection([nested(10_000, (inner) => ({ item: [inner] }))])],
    ['in lists', 'collections', collection([], { x: nested(10_000, (inner) => [inner]) })],
    ['in objects', 'collections', collection([], { x: nested(10_000, (inner) => ({ a: inner })) })],
    [
      'in credentials',
      'collections',
      collection([], { auth: nested(10_000, (inner) => ({ basic: inner })) }),
    ],
    [
      'in the value of a secret',
      'environments',
      { values: [{ type: 'secret', value: nested(10_000, (inner) => [inner]) }] },
    ],
    ['in a path', 'specs', { id: UUID, files: [{ path: `${'a/'.repeat(10_000)}b`, content: 'x' }] }],
  ])('is one failed resource that says why: %s', async (_, kind, body) => {
    expect((await fetchOne(kind, body)).outcome).toMatchObject({
      status: 'failed',
      code: 'RESOURCE_INVALID',
      note: expect.stringContaining('nested too deeply'),
    });
  });

  it('is backed up while it stays within what a person might nest', async () => {
    const body = collection([nested(100, (inner) => ({ item: [inner] }))]);
    expect((await fetchOne('collections', body)).rendered?.items).toBe(101);
  });
});

describe('a great many', () => {
  it('requests are one file: a hundred thousand', async () => {
    const url = 'https://api.example/ping';
    const items = times(100_000, (index) => ({ name: `Ping ${index}`, request: { method: 'GET', url } }));
    const { rendered } = await fetchOne('collections', collection(items));
    expect(rendered?.items).toBe(100_000);
  });

  it('secret variables are as many findings: twenty thousand', async () => {
    const value = (index: number) => `S3cret${index.toString(36)}q${(index * 7919).toString(36)}`;
    const values = times(20_000, (index) => ({ key: `k${index}`, type: 'secret', value: value(index) }));
    const { rendered } = await fetchOne('environments', { values });
    expect(rendered?.findings).toHaveLength(20_000);
  });

  it('files of a spec are as many files and an index: twenty thousand', async () => {
    const files = times(20_000, (index) => ({ path: `paths/${index}.yaml`, content: 'x' }));
    const { rendered } = await fetchOne('specs', { id: UUID, files });
    expect(rendered?.files).toHaveLength(20_001);
  });
});

describe('keys that mean something to JavaScript', () => {
  const text = `{"info":{"name":"Orders","schema":"s","__proto__":{"name":"Eve"}},
    "item":[{"name":"a","__proto__":{"item":[{"name":"b"}]},"constructor":{"prototype":{"polluted":1}}}],
    "auth":{"type":"__proto__","__proto__":{"token":"x"}},"__proto__":{"polluted":true}}`;

  it('stay keys like any other, and change nothing else', async () => {
    const written: unknown = JSON.parse(textOf(await fetchOne('collections', JSON.parse(text))));
    expect(Object.hasOwn(written as object, '__proto__')).toBe(true);
    expect(JSON.stringify(written)).toContain('"__proto__":{"item":[{"name":"b"}]}');
    expect(JSON.stringify(written)).toContain('"constructor":{"prototype":{"polluted":1}}');
    expect({}).not.toHaveProperty('polluted');
  });

  it('are files of a spec like any other', async () => {
    const files = ['__proto__', 'constructor', 'toString/x'].map((path) => ({ path, content: path }));
    const { rendered } = await fetchOne('specs', { id: UUID, files });
    expect(rendered?.files.map(({ path }) => path)).toEqual([
      '.postman-spec.json',
      ...['__proto__', 'constructor', 'toString/x'],
    ]);
  });
});

describe('JSON at its edges', () => {
  it('given twice, the last key counts: a body cannot show one id and be filed under another', async () => {
    const other = UUID.replace('aaaaaaaa', 'bbbbbbbb');
    const body = (first: string, last: string) =>
      JSON.parse(`{"info":{"name":"x","_postman_id":"${first}","_postman_id":"${last}"},"item":[]}`);
    expect((await fetchOne('collections', body(UUID, other))).outcome?.code).toBe('RESOURCE_INVALID');
    expect(textOf(await fetchOne('collections', body(other, UUID)))).toContain(UUID);
  });

  it.each(['1e400', '-1e400', '123456789012345678901234567890', '1e-400', '-0', '1e21'])(
    'a number is what JavaScript makes of it, and the file is JSON: %s',
    async (number) => {
      const body = JSON.parse(`{"values":[{"key":"a","value":${number}}]}`);
      const again: unknown = JSON.parse(textOf(await fetchOne('environments', body)));
      const secondTime = await fetchOne('environments', again);
      expect(JSON.parse(textOf(secondTime))).toEqual(again);
    },
  );

  it('lone surrogates and NUL survive in JSON as they are', async () => {
    const value = 'a\ud800b\udfffc\u0000d';
    const file = textOf(await fetchOne('environments', { values: [{ key: 'a', value }] }));
    expect(JSON.parse(file)).toMatchObject({ values: [{ value }] });
    expect(file).not.toContain('\u0000');
  });
});

describe('the time that a text takes', () => {
  const PIECES = [
    ...[
      'a',
      ':',
      '@',
      '/',
      '=',
      '&',
      '%41',
      '{{',
      '"',
      '\\',
      '-----BEGIN ',
      'https://',
      'https://a:',
      'a@b.',
    ],
    ...[
      'Bearer ',
      'eyJhbGciOi.',
      'sid=a;',
      '?api_key=',
      'mysql://u:',
      'ghp_',
      'npm_',
      'xoxb-',
      'sk-',
      'AKIA',
    ],
    ...HOSTILE_TEXTS.filter(({ length }) => length > 0 && length < 20),
  ];

  /** In every place that is read in a way of its own. */
  function spread(text: string): object {
    const header = [
      { key: 'X-Note', value: text },
      { key: 'Cookie', value: `a=${text}` },
    ];
    const url = `https://api.example/?x=${text}`;
    return collection([
      { name: text, request: { url, header, body: { mode: 'raw', raw: text }, description: `${text}!` } },
    ]);
  }

  // What grew with the square of the length would take minutes.
  it('grows with its length, whatever is repeated in it', async () => {
    for (const piece of PIECES) {
      const started = performance.now();
      await fetchOne('collections', spread(piece.repeat(Math.ceil(50_000 / piece.length))));
      expect(performance.now() - started, JSON.stringify(piece)).toBeLessThan(20_000);
    }
  });
});
