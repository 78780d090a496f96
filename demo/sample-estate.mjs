/** The sample data of the demo: Kittiwake, a company that does not exist, takes payments and sends parcels. */

/** @import { Estate } from './postman-api/types.mjs' */

import { addCollection, addEnvironment, addWorkspace, createEstate } from './postman-api/estate.mjs';
import { logisticsStaging, paymentsProduction, paymentsStaging } from './sample/environments.mjs';
import { carrierRates, courierBridge, inventory, shipments, tracking } from './sample/logistics.mjs';
import { identity, onboarding, webhooks } from './sample/merchants.mjs';
import { payouts, refunds } from './sample/money-out.mjs';
import { paymentsApi } from './sample/payments-api.mjs';
import { harbourSmokeTests, treasurySmokeTests } from './sample/smoke-tests.mjs';

/** Every secret value of the sample contains this, and nothing else does: a search for it proves that none got out. */
export const SECRET_MARK = 'not-for-git';

/** @returns {Estate} two team workspaces with thirteen collections and three environments, and a personal one. */
export function createSampleEstate() {
  const estate = createEstate({ seed: 'kittiwake', now: '2026-03-02T08:00:00.000Z' });
  const payments = addWorkspace(estate, {
    name: 'Payments',
    description: 'Everything that moves money. Owners: Harbour, Treasury.',
    globals: [{ key: 'support_mail', value: 'payments@kittiwake.example', type: 'default', enabled: true }],
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
  return estate;
}
