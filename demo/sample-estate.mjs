/** The sample data of the demo: Kittiwake, a company that does not exist, takes payments and sends parcels. */

/** @import { Estate, StoredCollection, StoredEnvironment } from './postman-api/types.mjs' */

import { addCollection, addEnvironment, addWorkspace, createEstate, nameOf } from './postman-api/estate.mjs';
import { addApi, addMock, addMonitor, addSpec } from './postman-api/estate-kinds.mjs';
import { ledgerApi, payoutReports } from './sample/apis.mjs';
import { logisticsStaging, paymentsProduction, paymentsStaging } from './sample/environments.mjs';
import { carrierRates, courierBridge, inventory, shipments, tracking } from './sample/logistics.mjs';
import { identity, onboarding, webhooks } from './sample/merchants.mjs';
import {
  courierStub,
  gatewayDown,
  oldTerminals,
  paymentsHealth,
  paymentsSandbox,
  treasuryMorning,
} from './sample/mocks-and-monitors.mjs';
import { payouts, refunds } from './sample/money-out.mjs';
import { paymentsApi } from './sample/payments-api.mjs';
import { harbourSmokeTests, treasurySmokeTests } from './sample/smoke-tests.mjs';
import { paymentEvents, paymentsSpec, shipmentsSpec, trackingGraph } from './sample/specs.mjs';

/** Every secret value of the sample contains this, and nothing else does: a search for it proves that none got out. */
export const SECRET_MARK = 'not-for-git';

const paymentsGlobals = [
  { key: 'support_mail', value: 'payments@kittiwake.example', type: 'default', enabled: true },
  { key: 'terminal_pin', value: 'terminal-pin-not-for-git-89', type: 'secret', enabled: true },
];

/**
 * @returns {Estate} two team workspaces with thirteen collections, three environments and something of every other
 *   kind, and a personal one.
 */
export function createSampleEstate() {
  const estate = createEstate({ seed: 'kittiwake', now: '2026-03-02T08:00:00.000Z' });
  const payments = addWorkspace(estate, {
    name: 'Payments',
    description: 'Everything that moves money. Owners: Harbour, Treasury.',
    globals: paymentsGlobals,
  });
  const logistics = addWorkspace(estate, { name: 'Logistics', description: 'From the shelf to the door.' });
  const personal = addWorkspace(estate, { name: "Mara's scratchpad", type: 'personal' });

  for (const body of [paymentsApi, refunds, payouts, identity, onboarding, webhooks]) {
    addCollection(estate, payments.id, body);
  }
  for (const body of [harbourSmokeTests, treasurySmokeTests]) {
    addCollection(estate, payments.id, body);
  }
  for (const body of [shipments, tracking, inventory, carrierRates, courierBridge]) {
    addCollection(estate, logistics.id, body);
  }
  for (const body of [paymentsStaging, paymentsProduction]) {
    addEnvironment(estate, payments.id, body);
  }
  addEnvironment(estate, logistics.id, logisticsStaging);
  addCollection(estate, personal.id, { ...identity, info: { ...identity.info, name: 'Try-outs' } });
  addOtherKinds(estate, payments.id, logistics.id);
  return estate;
}

/** After the collections, which mocks and monitors hang on. @param {Estate} estate @param {string} payments @param {string} logistics */
function addOtherKinds(estate, payments, logistics) {
  for (const spec of [paymentsSpec, paymentEvents]) {
    addSpec(estate, payments, spec);
  }
  for (const spec of [shipmentsSpec, trackingGraph]) {
    addSpec(estate, logistics, spec);
  }
  const collection = uuidOf(estate.collections, 'Payments API');
  const environment = uuidOf(estate.environments, 'Staging');
  addMock(estate, payments, { ...paymentsSandbox, collection, environment });
  addMock(estate, payments, { ...gatewayDown, collection });
  addMock(estate, payments, oldTerminals);
  addMock(estate, logistics, {
    ...courierStub,
    collection: uuidOf(estate.collections, 'Legacy courier bridge'),
  });
  const smokeTests = uuidOf(estate.collections, 'Smoke tests');
  addMonitor(estate, payments, { ...paymentsHealth, collection: smokeTests, environment });
  addMonitor(estate, payments, {
    ...treasuryMorning,
    collection: uuidOf(estate.collections, 'Payouts / SEPA'),
  });
  addApi(estate, payments, payoutReports);
  addApi(estate, payments, ledgerApi);
}

/** The first of this name. @param {readonly (StoredCollection | StoredEnvironment)[]} list @param {string} name */
function uuidOf(list, name) {
  const stored = list.find(({ body }) => nameOf(body) === name);
  if (stored === undefined) {
    throw new Error(`the sample has no "${name}"`);
  }
  return stored.uuid;
}
