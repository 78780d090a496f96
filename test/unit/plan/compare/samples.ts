/** Collections to compare: one written by hand, any that fast-check makes, and ways to spoil a value somewhere. */
import fc from 'fast-check';

/** What no difference may tell: it stands wherever a collection or an environment holds a value. */
export const CANARY = 'canary-4f1d';

type Request = ReturnType<typeof request>;
type Folder = {
  readonly id: string;
  readonly name: string;
  readonly item: Request[];
  readonly description?: string;
  readonly variable?: readonly object[];
};

/** Two folders, then two requests. */
export function orders() {
  const item: (Folder | Request)[] = [
    {
      ...{ id: 'f-refunds', name: 'Refunds', description: CANARY },
      item: [request('r-refund', 'Create refund'), request('r-refunds', 'List refunds')],
      variable: [{ key: 'currency', value: CANARY }],
    },
    { id: 'f-empty', name: 'Empty', item: [] },
    request('r-ping', 'Ping'),
    request('r-order', 'Get order'),
  ];
  return {
    info: { _postman_id: 'c-1', name: 'Orders', description: 'Where orders come from.' },
    item,
    event: [{ listen: 'prerequest', script: { exec: [CANARY] } }],
    auth: { type: 'bearer', bearer: [{ key: 'token', value: CANARY }] },
    variable: [
      { key: 'base_url', value: CANARY },
      { key: 'version', value: CANARY },
    ],
  };
}

export function request(id: string, name: string) {
  return {
    ...{ id, name },
    request: {
      ...{ method: 'GET', description: CANARY },
      header: [{ key: 'Accept', value: CANARY }],
      body: { mode: 'raw', raw: CANARY },
      auth: { type: 'noauth' },
      url: {
        raw: `{{base_url}}/orders?page=${CANARY}`,
        host: ['{{base_url}}'],
        path: ['orders'],
        query: [{ key: 'page', value: CANARY }],
      },
    },
    event: [
      { listen: 'prerequest', script: { exec: [CANARY] } },
      { listen: 'test', script: { exec: [CANARY] } },
    ],
    protocolProfileBehavior: { disableCookies: false },
    response: [example(`${id}-ok`, 'All is well'), example(`${id}-gone`, 'Gone')] as Partial<Example>[],
  };
}

type Example = ReturnType<typeof example>;

function example(id: string, name: string) {
  return {
    ...{ id, name, code: 200, status: 'OK', body: CANARY, cookie: [] },
    ...{ originalRequest: { method: 'GET', url: CANARY }, header: [{ key: 'ETag', value: CANARY }] },
  };
}

/** Few ids and names, so that many are doubled or missing. */
const label = fc.option(fc.constantFrom('a', 'b', 'c', 'd', '', 'constructor', '__proto__'), {
  nil: undefined,
});
const value = fc.oneof(fc.string(), fc.constant(CANARY), fc.constant(null), fc.integer());
const variables = fc.array(
  fc.record({ id: label, key: label, value, type: fc.constantFrom('default', 'secret') }),
  { maxLength: 3 },
);
const events = fc.array(
  fc.record({ listen: fc.constantFrom('test', 'prerequest', 'x'), script: fc.record({ exec: value }) }),
  { maxLength: 2 },
);
const examples = fc.array(fc.record({ id: label, name: label, body: value, code: value }), { maxLength: 3 });
const url = fc.oneof(
  fc.constant('http://a.example/orders?page=1'),
  fc.record({ raw: value, query: fc.array(fc.record({ key: label, value })), variable: variables }),
);
const { item } = fc.letrec((tie) => ({
  item: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.record({
      id: label,
      name: label,
      request: fc.oneof(url, fc.record({ method: value, url })),
      event: events,
    }),
    fc.record({ id: label, name: label, response: examples, other: value }),
    fc.record({
      ...{ id: label, name: label, auth: value, description: value, event: events, variable: variables },
      item: fc.array(tie('item'), { maxLength: 4 }),
    }),
    value,
  ),
}));

/** A collection of any shape, plain JSON. */
export const anyCollection: fc.Arbitrary<unknown> = fc
  .record({
    info: fc.record({ _postman_id: label, name: label, description: value }),
    item: fc.array(item, { maxLength: 5 }),
    event: events,
    variable: variables,
  })
  .map((collection) => JSON.parse(JSON.stringify(collection)) as unknown);

/** How many values there are in a value, itself included. */
export function countValues(within: unknown): number {
  return isBranch(within) ? Object.values(within).reduce<number>((sum, one) => sum + countValues(one), 1) : 1;
}

/**
 * @param at which of its values, in the order in which they stand.
 * @returns a copy in which `spoil` was applied to that value; `undefined` takes it out.
 */
export function spoilAt(within: unknown, at: number, spoil: (value: unknown) => unknown): unknown {
  let left = at;
  const visit = (value: unknown): unknown => {
    if (left-- === 0) {
      return spoil(value);
    }
    if (Array.isArray(value)) {
      return value.map(visit).filter((entry) => entry !== undefined);
    }
    return isBranch(value)
      ? Object.fromEntries(
          Object.entries(value)
            .map(([key, entry]) => [key, visit(entry)])
            .filter(([, entry]) => entry !== undefined),
        )
      : value;
  };
  return visit(within);
}

function isBranch(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
