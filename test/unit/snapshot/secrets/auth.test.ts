/** Credentials in `auth` blocks, of each type and each version of the format. */
import { describe, expect, it } from 'vitest';
import { foundIn, redactedValue } from './redacting.ts';

/** What must go is called `credential…`; all else must stay. */
const BLOCKS = {
  basic: { username: 'alice', password: 'credential' },
  bearer: { token: 'credential' },
  apikey: { key: 'X-Orders', value: 'credential', in: 'header' },
  digest: {
    username: 'alice',
    password: 'credential',
    realm: 'orders',
    nonce: 'n0',
    opaque: 'o',
    qop: 'auth',
  },
  oauth1: {
    consumerKey: 'orders-app',
    consumerSecret: 'credential-a',
    token: 'credential-b',
    tokenSecret: 'credential-c',
    privateKey: 'credential-d',
    signatureMethod: 'HMAC-SHA1',
    timestamp: '1',
  },
  oauth2: {
    accessToken: 'credential-a',
    refreshToken: 'credential-b',
    clientId: 'orders-app',
    clientSecret: 'credential-c',
    username: 'alice',
    password: 'credential-d',
    tokenName: 'Orders',
    tokenType: 'Bearer',
    accessTokenUrl: 'https://login.example/token',
    scope: 'all',
  },
  hawk: { authId: 'alice', authKey: 'credential', algorithm: 'sha256' },
  awsv4: {
    accessKey: 'alice',
    secretKey: 'credential-a',
    sessionToken: 'credential-b',
    region: 'eu-1',
    service: 's3',
  },
  ntlm: { username: 'alice', password: 'credential', domain: 'ORDERS', workstation: 'pc' },
  edgegrid: {
    accessToken: 'credential-a',
    clientToken: 'credential-b',
    clientSecret: 'credential-c',
    baseURL: 'https://orders.example',
  },
  jwt: { algorithm: 'HS256', secret: 'credential-a', privateKey: 'credential-b', payload: '{"sub":"alice"}' },
  asap: { kid: 'orders', iss: 'alice', aud: 'all', privateKey: 'credential' },
  'some-future-type': {
    user: 'alice',
    appSecret: 'credential-a',
    sessionToken: 'credential-b',
    tokenUrl: 'x',
  },
};

describe.each(Object.entries(BLOCKS))(
  'the auth type %s',
  (type, attributes: Readonly<Record<string, string>>) => {
    const isCredential = ([, value]: [string, string]) => value.startsWith('credential');
    const secret = Object.entries(attributes).filter(isCredential);
    const plain = Object.entries(attributes).filter((attribute) => !isCredential(attribute));

    it('loses its credentials in format 2.1, and nothing else', async () => {
      const list = Object.entries(attributes).map(([key, value]) => ({ key, value, type: 'string' }));
      const auth = { type, [type]: list };
      const redacted = JSON.stringify(await redactedValue({ auth }));
      expect(redacted).not.toContain('credential');
      for (const [key, value] of plain) {
        expect(redacted).toContain(JSON.stringify({ key, value, type: 'string' }));
      }
      expect(await foundIn({ auth })).toHaveLength(secret.length);
    });

    it('loses its credentials in format 2.0, and nothing else', async () => {
      const auth = { type, [type]: attributes };
      const redacted = JSON.stringify(await redactedValue({ auth }));
      expect(redacted).not.toContain('credential');
      expect(await redactedValue({ auth })).toMatchObject({
        auth: { type, [type]: Object.fromEntries(plain) },
      });
      expect(await foundIn({ auth })).toHaveLength(secret.length);
    });

    it('keeps variables', async () => {
      const references = Object.fromEntries(Object.keys(attributes).map((key) => [key, `{{${key}}}`]));
      const resource = { auth: { type, [type]: references } };
      expect(await redactedValue(resource)).toBe(resource);
    });
  },
);

describe('an auth block', () => {
  const auth = { type: 'bearer', bearer: [{ key: 'token', value: 'abc', type: 'string' }] };

  it('says what stood there', async () => {
    expect(await redactedValue({ auth })).toEqual({
      auth: { type: 'bearer', bearer: [{ key: 'token', value: '[redacted: bearer token]', type: 'string' }] },
    });
  });

  it('is found at every level', async () => {
    const request = { method: 'GET', auth };
    const response = { name: 'ok', originalRequest: { method: 'GET', auth } };
    expect(await foundIn({ auth, item: [{ auth, item: [{ request, response: [response] }] }] })).toEqual([
      'auth-credential $.auth.bearer[0].value',
      'auth-credential $.item[0].auth.bearer[0].value',
      'auth-credential $.item[0].item[0].request.auth.bearer[0].value',
      'auth-credential $.item[0].item[0].response[0].originalRequest.auth.bearer[0].value',
    ]);
  });

  it('may be one of several', async () => {
    const several = [auth, { type: 'basic', basic: { username: 'alice', password: 'abc' } }];
    expect(await foundIn({ auth: several })).toEqual([
      'auth-credential $.auth[0].bearer[0].value',
      'auth-credential $.auth[1].basic.password',
    ]);
  });

  it('may call its attributes credentials, as format 3 does', async () => {
    expect(
      await foundIn({ auth: { type: 'hawk', credentials: { authId: 'alice', authKey: 'abc' } } }),
    ).toEqual(['auth-credential $.auth.credentials.authKey']);
  });

  it('may hold what an earlier choice of type has left', async () => {
    expect(await foundIn({ auth: { type: 'noauth', bearer: auth.bearer } })).toEqual([
      'auth-credential $.auth.bearer[0].value',
    ]);
  });

  it('may nest parameters of its own', async () => {
    const tokenRequestParams = [
      { key: 'client_secret', value: 'abc', enabled: true },
      { key: 'audience', value: 'orders', enabled: true },
    ];
    const oauth2 = [{ key: 'tokenRequestParams', value: tokenRequestParams, type: 'any' }];
    expect(await foundIn({ auth: { type: 'oauth2', oauth2 } })).toEqual([
      'auth-credential $.auth.oauth2[0].value[0].value',
    ]);
  });

  it('is called helperAttributes in format 1', async () => {
    expect(await foundIn({ helperAttributes: { id: 'basic', username: 'alice', password: 'abc' } })).toEqual([
      'auth-credential $.helperAttributes.password',
    ]);
  });

  it('has a relative in the passphrase of a client certificate', async () => {
    const certificate = { name: 'orders', key: { src: 'key.pem' }, passphrase: 'abc' };
    expect(await redactedValue({ request: { certificate } })).toEqual({
      request: { certificate: { ...certificate, passphrase: '[redacted: certificate passphrase]' } },
    });
  });
});
