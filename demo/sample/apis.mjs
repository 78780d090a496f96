/** The APIs of the sample, from the time of the API Builder: one kept in Postman, one connected to a git repository. */

import { collection, pair, request } from './build.mjs';

const definition = [
  'openapi: 3.0.3',
  'info: { title: Payout reports, version: 0.9.0 }',
  'paths:',
  '  /treasury/v1/reports/{day}:',
  '    get:',
  '      responses:',
  "        '200': { $ref: responses/report.yaml }",
  '',
].join('\n');

export const payoutReports = {
  name: 'Payout reports',
  summary: 'What was paid out, day by day.',
  description: 'Replaced by *Payouts / SEPA*. Two banks still read it.',
  schemas: [
    {
      type: 'openapi:3',
      files: [
        { path: 'index.yaml', content: definition },
        { path: 'responses/report.yaml', content: 'description: One line a payout.\n' },
      ],
    },
  ],
  collections: [
    collection('Payout reports', {
      description: 'Belongs to the API of the same name.',
      items: [
        request('Report of a day', 'GET /treasury/v1/reports/:day', {
          variables: [pair('day', '2026-03-02')],
        }),
      ],
    }),
  ],
  versions: ['v0.8', 'v0.9'],
};

export const ledgerApi = {
  name: 'Ledger',
  summary: 'Double entry for everything that moves.',
  gitInfo: {
    domain: 'https://git.kittiwake.example',
    organization: 'treasury',
    repository: 'ledger',
    schemaFolder: 'definition',
    collectionFolder: 'postman/collections',
  },
};
