/** What is said of one resource, by what was read of it and of Postman. */
import { describe, expect, it } from 'vitest';
import {
  type AskedPostman,
  judgeResource,
  type ReadResource,
} from '../../../../src/plan/verify/judge-resource.ts';

const about = {
  kind: 'environments',
  uuid: 'u',
  name: 'Staging',
  workspace: 'Payments',
  path: 'p/s.json',
} as const;
const whole: ReadResource = { isAsWritten: true, toFillIn: [], misfits: [] };
const same: AskedPostman = { state: 'same' };
const environment = (...keys: readonly string[]) => ({
  name: 'Staging',
  values: keys.map((key) => ({ key, value: 'x', type: 'default', enabled: true })),
});

describe('a resource', () => {
  it('is restorable when its files are whole', () => {
    expect(judgeResource(about, whole, same)).toEqual({
      ...about,
      ...{ state: 'restorable', isEdited: false, toFillIn: 0, remarks: [], postman: same },
    });
  });

  it('is broken when its files cannot be read, whatever Postman says', () => {
    const read = { code: 'BACKUP_UNREADABLE', problem: '"p/s.json" is missing.' };

    expect(judgeResource(about, read, { state: 'gone' })).toMatchObject({
      ...{ state: 'broken', code: 'BACKUP_UNREADABLE', problem: '"p/s.json" is missing.' },
      postman: { state: 'gone' },
    });
  });

  it('is restorable, but edited, when its files are not those of the backup', () => {
    const read = { ...whole, isAsWritten: false };

    expect(judgeResource(about, read, same)).toMatchObject({ state: 'restorable', isEdited: true });
  });

  it('is kept when no API takes its kind back', () => {
    expect(judgeResource({ ...about, kind: 'apis' }, whole, same)).toMatchObject({ state: 'kept' });
  });

  it('is restorable with places that are not as the format says: a few of them are named', () => {
    const misfits = Array.from({ length: 7 }, (_, index) => `item.${index}: odd`);

    const { state, remarks } = judgeResource(about, { ...whole, misfits }, same);

    expect(state).toBe('restorable');
    expect(remarks).toEqual([...misfits.slice(0, 5), '… and 2 more']);
  });

  it('is newer in Postman with when and what, seen from the backup', () => {
    const sides = { backup: environment('host'), postman: environment('host', 'port') };
    const asked = { state: 'there', changedAt: '2026-11-01T00:00:00Z', sides } as const;

    expect(judgeResource(about, whole, asked).postman).toEqual({
      state: 'newer',
      changedAt: '2026-11-01T00:00:00Z',
      differences: [{ piece: 'variable', name: 'port', within: [], change: 'added', holds: {} }],
    });
  });

  it('is newer without what, when it is too large or too deep to be compared', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`);
    const sides = { backup: { values: [], x: deep }, postman: { values: [], x: { a: deep } } };

    expect(judgeResource(about, whole, { state: 'there' }).postman).toEqual({ state: 'newer' });
    expect(judgeResource(about, whole, { state: 'there', sides }).postman).toEqual({ state: 'newer' });
  });
});
