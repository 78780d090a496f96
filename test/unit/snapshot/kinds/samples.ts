/** Bodies of the newer kinds as the API gives them, written for these tests. */
import { expect } from 'vitest';
import type { JsonObject } from '../../../../src/json.ts';
import type { FolderFile, KindFormat } from '../../../../src/snapshot/kinds/kind-format.ts';

export const ID = 'cccccccc-0000-4000-8000-000000000001';
const COLLECTION = 'aaaaaaaa-0000-4000-8000-000000000001';
const ENVIRONMENT = 'eeeeeeee-0000-4000-8000-000000000001';

export function normalized(format: KindFormat, body: JsonObject): JsonObject {
  expect(format.isBody(body)).toBe(true);
  return format.normalize(body, { uuid: ID, name: 'Payments' });
}

export function filesOf(format: KindFormat, body: JsonObject): readonly FolderFile[] {
  return format.folder?.filesOf(normalized(format, body)) ?? expect.fail('no folder');
}

/** Path → content. */
export function folderOf(format: KindFormat, body: JsonObject): ReadonlyMap<string, FolderFile['content']> {
  return new Map(filesOf(format, body).map(({ path, content }) => [path, content]));
}

export function mock(owner = '42') {
  return {
    ...{ id: ID, uid: `${owner}-${ID}`, owner, name: 'Payments mock' },
    ...{ createdAt: '2025-01-01T00:00:00.000Z', updatedAt: '2025-01-02T00:00:00.000Z' },
    ...{ collection: `${owner}-${COLLECTION}`, environment: `${owner}-${ENVIRONMENT}` },
    ...{ mockUrl: `https://${ID}.mock.example`, isPublic: false },
    config: { headers: ['x-tenant'], matchBody: true, delay: { type: 'fixed', duration: 300 }, added: [1] },
  };
}

export function mockFile() {
  return {
    ...{ id: ID, name: 'Payments mock', collection: COLLECTION, environment: ENVIRONMENT },
    ...{ mockUrl: `https://${ID}.mock.example`, isPublic: false },
    config: { headers: ['x-tenant'], matchBody: true, delay: { type: 'fixed', duration: 300 }, added: [1] },
  };
}

export function monitor(owner = 42, run = 1) {
  return {
    ...{ id: ID, uid: `${owner}-${ID}`, owner, name: 'Every hour', active: true },
    ...{ collectionUid: `${owner}-${COLLECTION}`, environmentUid: `${owner}-${ENVIRONMENT}` },
    ...{ jobId: `job-${run}`, options: { strictSSL: true, requestDelay: 1 }, retry: { attempts: 1 } },
    notifications: { onError: [{ email: 'ops@payments.example' }], onFailure: [] },
    distribution: [{ region: 'eu-central' }],
    schedule: { cron: '0 * * * *', timezone: 'Europe/Berlin', nextRun: `2025-06-18T0${run}:00:00.000Z` },
    lastRun: { status: 'success', startedAt: `2025-06-17T0${run}:00:00.000Z`, stats: { runCount: run } },
    notificationLimit: 3,
  };
}

export function monitorFile() {
  return {
    ...{ id: ID, name: 'Every hour', active: true },
    ...{ collectionUid: COLLECTION, environmentUid: ENVIRONMENT },
    ...{ options: { strictSSL: true, requestDelay: 1 }, retry: { attempts: 1 } },
    notifications: { onError: [{ email: 'ops@payments.example' }], onFailure: [] },
    distribution: [{ region: 'eu-central' }],
    schedule: { cron: '0 * * * *', timezone: 'Europe/Berlin' },
    notificationLimit: 3,
  };
}

export type SpecFile = { readonly path: string; readonly type: string; readonly content: string };

export function spec(files: readonly SpecFile[], touched = '1') {
  const stamps = { createdAt: touched, updatedAt: touched, createdBy: touched, updatedBy: touched };
  return {
    ...{ id: ID, name: 'Payments', type: 'OPENAPI:3.0', fileFormat: 'yaml', ...stamps },
    files: files.map((file) => ({
      ...{ id: `${touched}-${file.path}`, name: file.path.split('/').at(-1), ...stamps },
      ...file,
    })),
  };
}
