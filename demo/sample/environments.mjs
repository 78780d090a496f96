/** The environments of the sample. Values of type `secret` are what must never reach git: the demo looks for them. */

/** @param {string} key @param {string} value */
function plain(key, value) {
  return { key, value, type: 'default', enabled: true };
}

/** @param {string} key @param {string} value */
function secret(key, value) {
  return { key, value, type: 'secret', enabled: true };
}

export const paymentsStaging = {
  name: 'Staging',
  values: [
    plain('base_url', 'https://api.staging.kittiwake.example'),
    plain('client_id', 'harbour-staging'),
    secret('client_secret', 'staging-client-not-for-git-17'),
    secret('webhook_secret', 'staging-webhook-not-for-git-23'),
    { ...plain('access_token', ''), description: 'Set by *Get an access token*.' },
    { ...plain('proxy', 'http://127.0.0.1:8888'), enabled: false },
  ],
};

export const paymentsProduction = {
  name: 'Production',
  values: [
    plain('base_url', 'https://api.kittiwake.example'),
    plain('client_id', 'harbour-read-only'),
    secret('client_secret', 'production-client-not-for-git-58'),
    secret('treasury_key', 'production-treasury-not-for-git-62'),
    plain('access_token', ''),
  ],
};

export const logisticsStaging = {
  name: 'Staging',
  values: [
    plain('base_url', 'https://logistics.staging.kittiwake.example'),
    secret('warehouse_key', 'staging-warehouse-not-for-git-76'),
    plain('access_token', ''),
  ],
};
