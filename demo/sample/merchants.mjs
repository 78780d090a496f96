/** What merchants meet first, in the sample: tokens, the check of a new merchant, and webhooks. */

import {
  auth,
  collection,
  example,
  folder,
  formdata,
  json,
  off,
  pair,
  request,
  urlencoded,
} from './build.mjs';

export const identity = collection('Identity & tokens', {
  description: 'OAuth 2.0 for machines (client credentials) and for the merchant portal (code with PKCE).',
  items: [
    request('Get an access token', 'POST /oauth/token', {
      auth: auth('basic', { username: '{{client_id}}', password: '{{client_secret}}' }),
      body: urlencoded([
        pair('grant_type', 'client_credentials'),
        pair('scope', 'payments:write refunds:write'),
        off(pair('audience', 'https://treasury.kittiwake.example')),
      ]),
      tests: [
        'const { access_token, expires_in } = pm.response.json();',
        "pm.environment.set('access_token', access_token);",
        "pm.test('lives for an hour', () => pm.expect(expires_in).to.equal(3600));",
      ],
    }),
    request('Revoke a token', 'POST /oauth/revoke', {
      auth: auth('basic', { username: '{{client_id}}', password: '{{client_secret}}' }),
      body: urlencoded([pair('token', '{{access_token}}')]),
    }),
    request('Who am I', 'GET /oauth/userinfo', { auth: auth('bearer', { token: '{{access_token}}' }) }),
  ],
});

export const onboarding = collection('Händlerprüfung 🔎', {
  description: 'Prüfung neuer Händler (KYC). Fachlich verantwortlich: Team *Düne*, Büro Köln.',
  auth: auth('bearer', { token: '{{access_token}}' }),
  items: [
    request('Händler anlegen', 'POST /kyc/v1/merchants', {
      body: json({
        legal_name: 'Bäckerei Großmann GmbH',
        registry: { court: 'Köln', number: 'HRB 104 417' },
        address: { street: 'Straße des Friedens 8', zip: '50667', city: 'Köln', country: 'DE' },
      }),
      examples: [example(201, 'Created', 'Angelegt', { id: 'mer_2041', state: 'documents_missing' })],
    }),
    folder('Unterlagen', [
      request('Handelsregisterauszug hochladen', 'PUT /kyc/v1/merchants/:id/documents/registry', {
        variables: [pair('id', 'mer_2041')],
        body: formdata([pair('issued_on', '2026-02-20')], [{ key: 'scan', src: 'unterlagen/auszug.pdf' }]),
      }),
      request('Prüfung starten', 'POST /kyc/v1/merchants/:id/checks', {
        variables: [pair('id', 'mer_2041')],
      }),
    ]),
  ],
});

const signature = [
  "const secret = pm.environment.get('webhook_secret');",
  'const timestamp = Math.floor(Date.now() / 1000);',
  'const signed = CryptoJS.HmacSHA256(timestamp + "." + pm.request.body.raw, secret);',
  "pm.request.headers.upsert({ key: 'Kittiwake-Signature', value: 't=' + timestamp + ',v1=' + signed });",
];

export const webhooks = collection('Webhooks', {
  description: 'Register endpoints, and send yourself the events that we would send.',
  auth: auth('bearer', { token: '{{access_token}}' }),
  items: [
    request('Register an endpoint', 'POST /v1/webhook-endpoints', {
      body: json({ url: 'https://shop.example/hooks/kittiwake', events: ['payment.captured', 'dispute.*'] }),
    }),
    folder(
      'Events to replay',
      [
        request('payment.captured', 'POST /hooks/kittiwake', {
          body: json({ type: 'payment.captured', data: { id: 'pay_8Hc2nVq4', amount: { value: 12490 } } }),
        }),
        request('dispute.opened', 'POST /hooks/kittiwake', {
          body: json({ type: 'dispute.opened', data: { id: 'dsp_5Tq0', due_at: '2026-03-20T12:00:00Z' } }),
        }),
      ],
      { description: 'Signed by the script of this folder, as the real ones are.', before: signature },
    ),
  ],
});
