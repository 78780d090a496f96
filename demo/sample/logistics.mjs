/** The collections of the sample's workspace "Logistics": parcels, from the label to the shelf. */

import { auth, collection, example, file, folder, graphql, json, off, pair, raw, request } from './build.mjs';

const shipmentId = [pair('shipment_id', '{{shipment_id}}', 'ULID of the shipment.')];
const byToken = auth('bearer', { token: '{{access_token}}' });

export const shipments = collection('Shipments API', {
  description: 'Book, label and cancel shipments with eleven carriers behind one API.',
  auth: byToken,
  variables: [{ key: 'shipment_id', value: '01JNB7W9S4', type: 'string' }],
  items: [
    folder('Shipments', [
      request('Book a shipment', 'POST /v3/shipments', {
        description:
          'Books with the cheapest carrier that arrives in time. `arrive_by` counts in local time.',
        body: json({
          from: { warehouse: 'RTM-2' },
          to: { name: 'A. Ferreira', street: 'Rua da Boavista 71', city: 'Lisboa', country: 'PT' },
          parcels: [{ weight_g: 1840, length_mm: 310, width_mm: 220, height_mm: 90 }],
          arrive_by: '2026-03-06',
        }),
        tests: ["pm.collectionVariables.set('shipment_id', pm.response.json().id);"],
        examples: [
          example(201, 'Created', 'Booked', {
            id: '01JNB7W9S4',
            carrier: 'Northline',
            price: { value: 718 },
          }),
          example(409, 'Conflict', 'No carrier in time', {
            error: { code: 'no_service', earliest: '2026-03-09' },
          }),
        ],
      }),
      request('Get a shipment', 'GET /v3/shipments/:shipment_id', { variables: shipmentId }),
      folder('Labels', [
        folder('Thermal printers', [
          request('Label as ZPL', 'GET /v3/shipments/:shipment_id/label', {
            variables: shipmentId,
            headers: [pair('Accept', 'application/zpl'), off(pair('Accept', 'application/epl'))],
            query: [pair('dpi', '203')],
          }),
        ]),
        request('Label as PDF', 'GET /v3/shipments/:shipment_id/label', {
          variables: shipmentId,
          headers: [pair('Accept', 'application/pdf')],
        }),
      ]),
    ]),
    request('Cancel a shipment', 'DELETE /v3/shipments/:shipment_id', { variables: shipmentId }),
  ],
});

const trackQuery = [
  'query Track($id: ID!, $last: Int = 5) {',
  '  shipment(id: $id) {',
  '    status',
  '    estimatedArrival',
  '    events(last: $last) { at place description }',
  '  }',
  '}',
].join('\n');

export const tracking = collection('Tracking (GraphQL)', {
  description: 'What the tracking page of the shops asks. Public by tracking code, full with a token.',
  items: [
    request('Track a shipment', 'POST /graphql', {
      auth: byToken,
      body: graphql(trackQuery, { id: '{{shipment_id}}', last: 5 }),
      tests: [
        "pm.test('has no GraphQL errors', () => {",
        '  pm.expect(pm.response.json()).to.not.have.property("errors");',
        '});',
      ],
      examples: [
        example(200, 'OK', 'On its way', {
          data: { shipment: { status: 'IN_TRANSIT', events: [{ place: 'Irun' }] } },
        }),
      ],
    }),
    request('Subscribe by e-mail', 'POST /graphql', {
      body: graphql('mutation Subscribe($code: String!) { subscribe(code: $code) { ok } }', {
        code: 'KW-7Q2',
      }),
    }),
  ],
});

export const inventory = collection('Warehouse inventory', {
  description: 'Stock of RTM-2 and LIS-1. Counts are nightly, reservations live.',
  auth: auth('apikey', { key: 'X-Warehouse-Key', value: '{{warehouse_key}}', in: 'header' }),
  items: [
    request('Stock of one article', 'GET /wms/articles/:sku/stock', {
      variables: [pair('sku', 'MUG-0330-BLU')],
    }),
    request('Import a stock count', 'POST /wms/imports', {
      description: 'CSV: `sku;location;quantity`. Up to 200,000 lines.',
      headers: [pair('Content-Type', 'text/csv')],
      body: file('counts/rtm-2-2026-02-28.csv'),
    }),
    request('Reserve', 'POST /wms/reservations', {
      body: json({ sku: 'MUG-0330-BLU', quantity: 2, ttl_s: 900 }),
    }),
  ],
});

export const carrierRates = collection('Carrier rates', {
  description:
    'What each carrier charges, by zone and weight. New price lists start on the first of the month.',
  auth: byToken,
  items: [
    request('Quote', 'POST /rates/v1/quotes', { body: json({ from: 'NL', to: 'PT', weight_g: 1840 }) }),
    request('Fuel surcharge', 'GET /rates/v1/surcharges/fuel', { query: [pair('month', '2026-03')] }),
  ],
});

export const courierBridge = collection('Legacy courier bridge', {
  description: 'SOAP bridge of the old city couriers. Switched off with the end of the contract.',
  items: [
    request('Order a pickup', 'POST /bridge/PickupService.asmx', {
      headers: [pair('SOAPAction', 'OrderPickup')],
      body: raw('xml', '<Envelope><Body><OrderPickup depot="RTM-2" /></Body></Envelope>'),
    }),
  ],
});

/** Not in Postman at first: the demo adds it later. */
export const customs = collection('Customs declarations', {
  description: 'Export declarations for parcels that leave the EU.',
  auth: byToken,
  items: [
    request('Declare', 'POST /customs/v1/declarations', {
      body: json({
        shipment_id: '{{shipment_id}}',
        incoterm: 'DAP',
        lines: [{ hs_code: '691200', origin: 'PT' }],
      }),
    }),
    request('Get the MRN', 'GET /customs/v1/declarations/:id/mrn', { variables: [pair('id', 'dec_120')] }),
  ],
});
