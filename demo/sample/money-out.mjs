/** Money that leaves, in the sample: refunds and disputes (with a file upload), and SEPA payouts. */

import { auth, collection, example, folder, formdata, json, pair, raw, request } from './build.mjs';

const disputeId = [pair('dispute_id', 'dsp_5Tq0', 'Starts with `dsp_`.')];

export const refunds = collection('Refunds and disputes', {
  description: 'Give money back, and answer chargebacks before their deadline.',
  auth: auth('bearer', { token: '{{access_token}}' }),
  items: [
    folder('Refunds', [
      request('Refund a payment', 'POST /v1/payments/:payment_id/refunds', {
        description: 'Up to 180 days after the capture. `reason` is printed on the statement.',
        variables: [pair('payment_id', '{{payment_id}}')],
        body: json({ amount: { value: 2490, currency: 'EUR' }, reason: 'Item arrived damaged' }),
        tests: [
          "pm.test('the refund is pending', () => {",
          '  pm.response.to.have.status(202);',
          "  pm.expect(pm.response.json().status).to.equal('pending');",
          '});',
        ],
        examples: [
          example(202, 'Accepted', 'Pending', { id: 'rfd_77Zk', status: 'pending', amount: { value: 2490 } }),
          example(409, 'Conflict', 'Refunded already', { error: { code: 'nothing_left_to_refund' } }),
        ],
      }),
      request('Get a refund', 'GET /v1/refunds/:refund_id', { variables: [pair('refund_id', 'rfd_77Zk')] }),
    ]),
    folder('Disputes', [
      request('List open disputes', 'GET /v1/disputes', {
        query: [pair('status', 'needs_response'), pair('sort', 'due_at')],
      }),
      folder('Evidence', [
        request('Upload evidence', 'POST /v1/disputes/:dispute_id/evidence', {
          description: 'PDF, PNG or JPEG, 5 MB a file. The scheme sees exactly these pages.',
          variables: disputeId,
          body: formdata(
            [pair('kind', 'proof_of_delivery'), pair('note', 'Signed by the neighbour, see page 2')],
            [{ key: 'document', src: 'evidence/delivery-note.pdf', description: 'Delivery note' }],
          ),
        }),
        request('Submit the answer', 'POST /v1/disputes/:dispute_id/submissions', {
          description: 'Final. After this, no more evidence can be added.',
          variables: disputeId,
          body: json({ accept_liability: false }),
        }),
      ]),
    ]),
  ],
});

const pain001 = [
  '<?xml version="1.0" encoding="UTF-8"?>',
  '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">',
  '  <CstmrCdtTrfInitn>',
  '    <GrpHdr><MsgId>{{message_id}}</MsgId><NbOfTxs>1</NbOfTxs></GrpHdr>',
  '  </CstmrCdtTrfInitn>',
  '</Document>',
].join('\n');

export const payouts = collection('Payouts / SEPA', {
  description: 'Daily payouts to merchants. SEPA credit transfer, and SEPA instant below 100,000 EUR.',
  auth: auth('apikey', { key: 'X-Treasury-Key', value: '{{treasury_key}}', in: 'header' }),
  variables: [{ key: 'message_id', value: 'KTW-20260302-01', type: 'string' }],
  items: [
    request('Upload a payment file', 'POST /treasury/v2/files', {
      description: 'A pain.001 file. Checked line by line; one bad line refuses the whole file.',
      headers: [pair('Content-Type', 'application/xml')],
      body: raw('xml', pain001),
    }),
    request('Payout schedule', 'GET /treasury/v2/merchants/:merchant_id/schedule', {
      variables: [pair('merchant_id', 'mer_2041')],
      examples: [example(200, 'OK', 'Daily', { interval: 'daily', cutoff: '16:00', currency: 'EUR' })],
    }),
    request('Pay out now', 'POST /treasury/v2/payouts', {
      body: json({ merchant_id: 'mer_2041', instant: true, amount: { value: 1830000, currency: 'EUR' } }),
    }),
  ],
});
