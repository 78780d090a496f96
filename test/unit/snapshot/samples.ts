/** Resources as the Postman API gives them, written for these tests. */

import type { JsonObject } from '../../../src/json.ts';
import type { ResourceRef, Workspace } from '../../../src/model.ts';
import { collections } from '../../../src/snapshot/kinds/collections.ts';
import { environments } from '../../../src/snapshot/kinds/environments.ts';
import { serialize } from '../../../src/snapshot/serialize.ts';

export const ORDERS = 'aaaaaaaa-0000-4000-8000-000000000001';
export const PRODUCTION = 'eeeeeeee-0000-4000-8000-000000000001';

export const payments: Workspace = { id: '11111111-0000-4000-8000-000000000001', name: 'Payments' };

export function refTo(about: Partial<ResourceRef> & { readonly uuid: string }): ResourceRef {
  return {
    ...{ kind: 'collections', uid: `42-${about.uuid}`, name: 'Orders', workspace: payments },
    ...about,
  };
}

/** A uuid that begins with these hex digits. */
export function uuid(start: string): string {
  return `${start.padEnd(8, '0')}-0000-4000-8000-${start.padStart(12, '0')}`;
}

export function ordersCollection() {
  return {
    info: {
      ...{ _postman_id: ORDERS, name: 'Orders', description: 'Where orders come from.' },
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
      ...{ uid: `42-${ORDERS}`, owner: '42', lastUpdatedBy: '42' },
      ...{ createdAt: '2025-01-01T00:00:00.000Z', updatedAt: '2025-01-02T00:00:00.000Z' },
    },
    item: [
      {
        ...{ name: 'Ping', id: 'request-ping', uid: '42-request-ping', updatedAt: '2025-01-02' },
        request: { method: 'GET', header: [], url: { raw: '{{host}}/ping', path: ['ping'] } },
        response: [
          {
            ...{ id: 'response-pong', uid: '42-response-pong', createdAt: '2025-01-02', name: 'Pong' },
            originalRequest: { method: 'GET', header: [], url: '{{host}}/ping' },
            ...{ status: 'OK', code: 200, body: '{"pong":true}' },
          },
        ],
      },
      {
        ...{ name: 'Admin', id: 'folder-admin', uid: '42-folder-admin', createdAt: '2025-01-02' },
        item: [
          { name: 'List', id: 'request-list', request: { method: 'GET', url: '{{host}}/orders' } },
          { name: 'Deep', id: 'folder-deep', item: [] },
        ],
      },
    ],
    event: [
      {
        listen: 'test',
        id: 'event-2',
        script: { id: 'script-2', type: 'text/javascript', exec: ['pass();'] },
      },
      { listen: 'prerequest', id: 'event-1', script: { id: 'script-1', exec: ['prepare();'] } },
    ],
    variable: [{ key: 'host', value: 'https://orders.example' }],
  };
}

export function productionEnvironment() {
  return {
    ...{ id: PRODUCTION, uid: `42-${PRODUCTION}`, owner: '42', name: 'Production', isPublic: false },
    ...{ createdAt: '2025-01-01T00:00:00.000Z', updatedAt: '2025-01-02T00:00:00.000Z' },
    values: [
      { key: 'host', value: 'https://orders.example', type: 'default', enabled: true },
      { key: 'token', value: 'sample-secret-4711', type: 'secret', enabled: true },
    ],
  };
}

/** The file of a collection, its secrets left in. */
export function textOf(body: JsonObject): string {
  return serialize(collections.normalize(body, { uuid: ORDERS, name: 'Orders' })).content.toString();
}

/** The file of an environment, its secrets left in. */
export function environmentText(body: JsonObject): string {
  return serialize(environments.normalize(body, { uuid: PRODUCTION, name: 'Production' })).content.toString();
}
