/** Two collections of one name in one workspace, as teams make them: each team has its own "Smoke tests". */

import { auth, collection, pair, request } from './build.mjs';

const isUp = ["pm.test('is up', () => pm.response.to.have.status(200));"];

export const harbourSmokeTests = collection('Smoke tests', {
  description: 'Team Harbour. Runs after each deployment of the payment services.',
  items: [
    request('Gateway', 'GET /healthz', { tests: isUp }),
    request('Card vault', 'GET /vault/healthz', { tests: isUp }),
    request('Risk scoring', 'GET /risk/healthz', { tests: isUp, query: [pair('deep', 'true')] }),
  ],
});

export const treasurySmokeTests = collection('Smoke tests', {
  description: 'Team Treasury. Runs at 05:30, before the first payout file.',
  auth: auth('apikey', { key: 'X-Treasury-Key', value: '{{treasury_key}}', in: 'header' }),
  items: [
    request('Ledger', 'GET /treasury/v2/healthz', { tests: isUp }),
    request('Bank connection', 'GET /treasury/v2/banks/health', { tests: isUp }),
  ],
});
