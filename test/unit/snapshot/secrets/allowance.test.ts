/** `allow-secrets`: what is allowed stays, is not told, and is not looked for elsewhere. */
import { describe, expect, it } from 'vitest';
import type { AllowedSecret } from '../../../../src/model.ts';
import { allowanceFor } from '../../../../src/snapshot/secrets/allowance.ts';
import { refTo } from '../samples.ts';
import { GITHUB_TOKEN, redact } from './redacting.ts';

const orders = refTo({ uuid: 'aaaaaaaa-0000-4000-8000-000000000001', name: 'Orders/v1' });
const finding = { rule: 'secretlint/aws', path: '$.item[0].request.body["odd (key)"].raw' };

function isAllowed(...allowed: readonly AllowedSecret[]): boolean {
  return allowanceFor(orders, allowed)(finding);
}

describe('an allowance', () => {
  it.each([orders.uuid, orders.uid, 'Orders/v1', 'Orders*', '*', '{Orders,Payments}/v1'])(
    'names the resource by id, uid, name or glob: %s',
    (resource) => {
      expect(isAllowed({ resource, what: 'secretlint/aws' })).toBe(true);
    },
  );

  it.each(['orders/v1', 'Orders', '42', 'Payments*', '!Payments'])('does not mean it by %s', (resource) => {
    expect(isAllowed({ resource, what: '*' })).toBe(false);
  });

  it.each([
    ...['secretlint/aws', 'secretlint/*', '*', finding.path, '$.item[0].*', '$.item[*].request.*', '$*.raw'],
    '$.item[?].request.body["odd (key)"].raw',
  ])('names what it allows: %s', (what) => {
    expect(isAllowed({ resource: '*', what })).toBe(true);
  });

  it.each(['aws', 'secretlint', 'secretlint/gcp', '$', '$.item[0].request', '$.item0.*', '$.item[1].*'])(
    'does not allow it by %j',
    (what) => {
      expect(isAllowed({ resource: '*', what })).toBe(false);
    },
  );

  it('is none when there is none', () => {
    expect(isAllowed()).toBe(false);
  });
});

describe('what is allowed', () => {
  const resource = {
    auth: { type: 'basic', basic: { username: 'alice', password: 's4mpl3-a1' } },
    values: [{ key: 'a', type: 'secret', value: ['0th3r-b2'] }],
    text: `s4mpl3-a1 0th3r-b2 ${GITHUB_TOKEN}`,
  };

  it('stays and does not spread', async () => {
    const { value, findings } = await redact(resource, ({ rule }) => rule !== 'secretlint/github');
    expect(value).toEqual({ ...resource, text: 's4mpl3-a1 0th3r-b2 [redacted: github credential]' });
    expect(findings).toEqual([{ rule: 'secretlint/github', path: '$.text' }]);
  });

  it('stays in one place and goes from another', async () => {
    const { value, findings } = await redact(resource, ({ path }) => path === '$.text');
    expect(value).toMatchObject({ text: resource.text });
    expect(findings.map(({ path }) => path)).toEqual(['$.auth.basic.password', '$.values[0].value']);
  });

  it('leaves the very same resource when all of it is allowed', async () => {
    const { value, findings, secrets } = await redact(resource, () => true);
    expect(value).toBe(resource);
    expect([...findings, ...secrets]).toEqual([]);
  });
});
