/** The specs of the sample: OpenAPI over several files (YAML and JSON), one of events, one of a graph. */

/** @param {string[]} lines */
function text(...lines) {
  return `${lines.join('\n')}\n`;
}

export const paymentsSpec = {
  name: 'Payments API',
  type: 'OPENAPI:3.0',
  files: [
    {
      path: 'openapi.yaml',
      content: text(
        'openapi: 3.0.3',
        'info:',
        '  title: Payments API',
        "  version: '2026-01-15'",
        '  contact: { name: Team Harbour, email: harbour@kittiwake.example }',
        'servers:',
        '  - url: https://api.kittiwake.example',
        'paths:',
        '  /v1/payments:',
        '    $ref: ./paths/payments.yaml',
        '  /v1/payments/{payment_id}/captures:',
        '    $ref: ./paths/captures.yaml',
      ),
    },
    {
      path: 'paths/payments.yaml',
      content: text(
        'post:',
        '  summary: Authorise a payment',
        '  # Nothing is charged before the capture.',
        '  requestBody:',
        '    content:',
        '      application/json:',
        '        schema: { $ref: ../components/schemas/payment.yaml }',
        '  responses:',
        "    '201': { description: Authorised }",
        "    '402': { $ref: ../components/responses/declined.yaml }",
      ),
    },
    {
      path: 'paths/captures.yaml',
      content: text(
        'post:',
        '  summary: Capture a part, or the rest',
        '  responses:',
        "    '201': { description: Captured }",
      ),
    },
    {
      path: 'components/schemas/payment.yaml',
      content: text(
        'type: object',
        'required: [amount, merchant_reference]',
        'properties:',
        '  amount: { $ref: ./amount.yaml }',
        '  merchant_reference: { type: string, maxLength: 35 }',
        '  capture: { type: string, enum: [manual, immediate], default: manual }',
      ),
    },
    {
      path: 'components/schemas/amount.yaml',
      content: text(
        'type: object',
        'properties:',
        '  value: { type: integer, description: Minor units. }',
        '  currency: { type: string, pattern: "^[A-Z]{3}$" }',
      ),
    },
    {
      path: 'components/responses/declined.yaml',
      content: text('description: The issuer declined the payment.'),
    },
  ],
};

export const paymentEvents = {
  name: 'Payment events',
  type: 'ASYNCAPI:2.0',
  files: [
    {
      path: 'asyncapi.yaml',
      content: text(
        "asyncapi: '2.6.0'",
        'info: { title: Payment events, version: 1.4.0 }',
        'channels:',
        '  payment.captured:',
        '    subscribe:',
        '      message:',
        '        payload: { type: object, properties: { id: { type: string } } }',
      ),
    },
  ],
};

export const shipmentsSpec = {
  name: 'Shipments API',
  type: 'OPENAPI:3.1',
  files: [
    {
      path: 'index.json',
      content: text(
        '{',
        '  "openapi": "3.1.0",',
        '  "info": { "title": "Shipments API", "version": "3.2.0" },',
        '  "paths": {',
        '    "/v3/shipments": { "post": { "requestBody": { "$ref": "shared/bodies/shipment.json" } } }',
        '  }',
        '}',
      ),
    },
    {
      path: 'shared/bodies/shipment.json',
      content: text('{ "content": { "application/json": { "schema": { "type": "object" } } } }'),
    },
  ],
};

export const trackingGraph = {
  name: 'Tracking graph',
  type: 'GRAPHQL',
  files: [
    {
      path: 'schema.graphql',
      content: text(
        'type Query {',
        '  shipment(id: ID!): Shipment',
        '}',
        '',
        'type Shipment {',
        '  status: String!',
        '  "In the time of the place of delivery."',
        '  estimatedArrival: String',
        '  events(last: Int = 5): [Event!]!',
        '}',
        '',
        'type Event {',
        '  at: String!',
        '  place: String',
        '  description: String!',
        '}',
      ),
    },
  ],
};
