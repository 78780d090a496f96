/** A Postman API that answers from a table, through nock: for answers that the stand-in has no reason to give. */
import nock from 'nock';
import { onTestFinished } from 'vitest';
import type { Inventory, Kind, Listing } from '../../../src/model.ts';
import { openSource, type Source } from './fixture.ts';

const HOST = 'https://api.postman.com';
export const WORKSPACE = '0d9c6a3e-0000-4000-a000-000000000001';

export type Canned = { readonly status?: number; readonly body: object | string };

/** By path and query, decoded, without the leading slash; a list is one answer after the other, the last one for good. */
export type Table = Readonly<Record<string, Canned | readonly Canned[]>>;

export type Started = {
  readonly source: Source;
  /** The paths that were asked for, as they were sent. */
  readonly asked: string[];
  /** The `Accept` headers that were sent. */
  readonly accepted: string[];
};

export function answering(table: Table): Started {
  const asked: string[] = [];
  const accepted: string[] = [];
  const counts = new Map<string, number>();
  nock.disableNetConnect();
  onTestFinished(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });
  nock(HOST)
    .persist()
    .get(/.*/)
    .reply(function reply(uri) {
      asked.push(uri.slice(1));
      accepted.push(String(this.req.headers['accept']));
      const path = decodeURIComponent(uri.slice(1).replaceAll('+', ' '));
      const count = counts.get(path) ?? 0;
      counts.set(path, count + 1);
      const answers = [table[path] ?? { status: 500, body: `no answer to ${path}` }].flat();
      const { status = 200, body } = answers[Math.min(count, answers.length - 1)] ?? { body: '' };
      return [status, body];
    });
  return { source: openSource(HOST), asked, accepted };
}

/** Answers for a workspace of this content, and whatever else the table says. */
export function workspaceWith(content: object, table: Table): Table {
  const workspace = { id: WORKSPACE, name: 'Payments', type: 'team', ...content };
  return {
    [`workspaces/${WORKSPACE}`]: { body: { workspace } },
    [`workspaces/${WORKSPACE}?include=mocks:deactivated`]: { body: { workspace } },
    ...table,
  };
}

export function listAll(source: Source, kinds: readonly Kind[]): Promise<Inventory> {
  return source.list({ workspaces: [WORKSPACE], kinds });
}

export async function listOne({ source }: Started, kind: Kind): Promise<Listing> {
  const { listings } = await listAll(source, [kind]);
  const [listing] = listings;
  if (listing === undefined) {
    throw new Error('nothing was listed');
  }
  return listing;
}

export function uuidOf(number: number): string {
  return `5be20000-0000-4000-a000-${String(number).padStart(12, '0')}`;
}

export const problem = (status: number, slug: string, detail: string): Canned => ({
  status,
  body: { type: `https://api.postman.com/problems/${slug}`, title: 'Title', detail, status },
});

export const legacy = (status: number, name: string, message: string): Canned => ({
  status,
  body: { error: { name, message } },
});
