/** The mock servers and the monitors of the sample, without the collections that they need. */

const harbour = [{ email: 'harbour@kittiwake.example' }];
const treasury = [{ email: 'treasury@kittiwake.example' }];

export const paymentsSandbox = {
  name: 'Payments sandbox',
  isPublic: true,
  config: { matchBody: true, delay: /** @type {const} */ ({ type: 'fixed', duration: 250 }) },
};

export const gatewayDown = {
  name: 'Gateway is down',
  serverResponses: [
    { name: 'Maintenance window', statusCode: 503 },
    { name: 'Gateway timeout', statusCode: 504 },
  ],
};

/** Its collection is gone, so Postman has switched it off. */
export const oldTerminals = {
  name: 'Old card terminals',
  collection: '5b1d0c7e-2f43-4a86-9c1f-7e60d2a4b913',
};

export const courierStub = { name: 'Courier stub', config: { matchWildcards: false } };

export const paymentsHealth = {
  name: 'Payments: is it up?',
  settings: {
    notificationLimit: 3,
    options: { strictSSL: true, followRedirects: true, requestTimeout: 3000, requestDelay: 1 },
    notifications: { onError: harbour, onFailure: harbour },
    distribution: [{ region: 'eu-central' }, { region: 'us-east' }],
    schedule: { cron: '*/5 * * * *', timezone: 'Europe/Amsterdam' },
    retry: { attempts: 1 },
  },
};

export const treasuryMorning = {
  name: 'Before the first payout file',
  active: false,
  settings: {
    notifications: { onError: treasury, onFailure: treasury },
    schedule: { cron: '30 5 * * 1-5', timezone: 'Europe/Amsterdam' },
  },
};
