/** The "Payments API" of the sample: nested folders, scripts on every level, saved examples, a secret variable. */

import { auth, collection, example, folder, json, off, pair, request } from './build.mjs';

const paymentId = [pair('payment_id', '{{payment_id}}', 'Returned by *Authorise a payment*.')];

const authorised = {
  id: 'pay_8Hc2nVq4',
  status: 'authorised',
  amount: { value: 12490, currency: 'EUR' },
  merchant_reference: 'order-2026-00418',
  expires_at: '2026-03-09T08:15:00Z',
};

const authorise = request('Authorise a payment', 'POST /v1/payments', {
  description: [
    'Reserves an amount on the card of the payer. Nothing is charged before the payment is **captured**.',
    '',
    '| field | meaning |',
    '|---|---|',
    '| `amount.value` | minor units: `12490` is 124.90 EUR |',
    '| `merchant_reference` | shown to the payer, 35 characters at most |',
    '| `capture` | `manual` (default) or `immediate` |',
  ].join('\n'),
  headers: [
    pair('Idempotency-Key', '{{idempotency_key}}', 'Set by the script. The same key never reserves twice.'),
    pair('Kittiwake-Version', '2026-01-15'),
    off(pair('X-Debug-Trace', 'verbose', 'Staging only.')),
  ],
  body: json({
    amount: { value: 12490, currency: 'EUR' },
    payment_method: { type: 'card', token: '{{card_token}}' },
    merchant_reference: 'order-2026-00418',
    capture: 'manual',
  }),
  before: ["pm.collectionVariables.set('idempotency_key', pm.variables.replaceIn('{{$guid}}'));"],
  tests: [
    "pm.test('the payment is authorised', () => {",
    '  pm.response.to.have.status(201);',
    "  pm.expect(pm.response.json().status).to.equal('authorised');",
    '});',
    '',
    "pm.collectionVariables.set('payment_id', pm.response.json().id);",
  ],
  examples: [
    example(201, 'Created', 'Authorised', authorised),
    example(402, 'Payment Required', 'Declined by the issuer', {
      error: { code: 'card_declined', message: 'The issuer declined the payment.', retryable: false },
    }),
    example(422, 'Unprocessable Entity', 'Currency not enabled', {
      error: { code: 'currency_not_enabled', message: 'SEK is not enabled for this merchant.' },
    }),
  ],
});

const partialCaptures = folder('Partial captures', [
  request('Capture a part', 'POST /v1/payments/:payment_id/captures', {
    description: 'Captures less than what is authorised. The rest stays reserved until it expires.',
    variables: paymentId,
    body: json({ amount: { value: 4990, currency: 'EUR' }, final: false }),
  }),
  request('Capture the rest and close', 'POST /v1/payments/:payment_id/captures', {
    description: '`final: true` releases what is not captured.',
    variables: paymentId,
    body: json({ amount: { value: 7500, currency: 'EUR' }, final: true }),
  }),
]);

const captures = folder(
  'Captures',
  [
    request('Capture in full', 'POST /v1/payments/:payment_id/captures', {
      description: 'Charges the whole amount. Money arrives with the next payout.',
      variables: paymentId,
      body: json({ final: true }),
      examples: [
        example(201, 'Created', 'Captured', {
          ...authorised,
          status: 'captured',
          captured: { value: 12490 },
        }),
      ],
    }),
    request('List captures', 'GET /v1/payments/:payment_id/captures', { variables: paymentId }),
    partialCaptures,
  ],
  {
    description: 'A payment may be captured up to **ten** times within seven days.',
    before: [
      "if (!pm.collectionVariables.get('payment_id')) {",
      '  throw new Error(\'Run "Authorise a payment" first.\');',
      '}',
    ],
    tests: [
      "pm.test('answers within a second', () => pm.expect(pm.response.responseTime).to.be.below(1000));",
    ],
  },
);

export const paymentsApi = collection('Payments API', {
  description: [
    '# Payments API',
    '',
    'Authorise, capture and cancel card payments. Owned by team *Harbour* (#harbour-oncall).',
    '',
    '1. Choose the environment **Staging**.',
    '2. Run *Identity & tokens → Get an access token*.',
    '3. Run *Authorise a payment*; the other requests use its id.',
  ].join('\n'),
  auth: auth('bearer', { token: '{{access_token}}' }),
  before: ["pm.request.headers.upsert({ key: 'X-Request-Id', value: pm.variables.replaceIn('{{$guid}}') });"],
  tests: ["pm.test('no server error', () => pm.expect(pm.response.code).to.be.below(500));"],
  variables: [
    { key: 'card_token', value: 'tok_test_visa_ok', type: 'string' },
    { key: 'payment_id', value: '', type: 'string' },
    { key: 'idempotency_key', value: '', type: 'string' },
    { key: 'signing_secret', value: 'harbour-signing-not-for-git-41', type: 'secret' },
  ],
  items: [
    folder('Payments', [
      folder('Authorise', [authorise]),
      captures,
      request('Get a payment', 'GET /v1/payments/:payment_id', {
        variables: paymentId,
        query: [off(pair('expand', 'captures,refunds'))],
        examples: [example(200, 'OK', 'Authorised', authorised)],
      }),
      request('Search payments', 'GET /v1/payments', {
        description: 'Newest first. Pages are stable: a new payment never shifts an old one.',
        query: [pair('status', 'authorised'), pair('created_after', '2026-03-01'), pair('limit', '50')],
      }),
      request('Cancel a payment', 'DELETE /v1/payments/:payment_id', { variables: paymentId }),
    ]),
    request('Health', 'GET /healthz', { auth: { type: 'noauth' } }),
  ],
});
