/** The short form in which a case writes down what a Postman team has: `postman.json`. */
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { expandStandIns } from './stand-ins.ts';

/** Few digits stand for a whole uuid: `1` for `00000001-0000-4000-8000-000000000000`. */
const Id = z.string().regex(/^[0-9a-f]{1,8}$/);

/** Name → value; a secret one as `{"secret": "…"}`. */
const Variables = z.record(z.string(), z.union([z.string(), z.strictObject({ secret: z.string() })]));

const Owned = { id: Id, name: z.string(), owner: z.int().optional() };

const Collection = z.strictObject({
  ...Owned,
  description: z.string().optional(),
  variables: Variables.optional(),
  /** Anything else of a v2.1 collection: `item`, `auth`, `event`. */
  body: z.record(z.string(), z.unknown()).optional(),
});
const Environment = z.strictObject({ ...Owned, values: Variables.optional() });
/** Path → text; the first is the root. */
const Files = z.record(z.string(), z.string());
const Spec = z.strictObject({ ...Owned, type: z.string().optional(), files: Files });
const Api = z.strictObject({ ...Owned, files: Files, collections: z.array(z.string()).optional() });
const OnCollection = z.strictObject({ ...Owned, collection: Id });

const Workspace = z.strictObject({
  id: Id,
  name: z.string(),
  type: z.enum(['personal', 'team', 'private', 'public', 'partner']).optional(),
  description: z.string().optional(),
  globals: Variables.optional(),
  collections: z.array(Collection).optional(),
  environments: z.array(Environment).optional(),
  specs: z.array(Spec).optional(),
  apis: z.array(Api).optional(),
  mocks: z.array(OnCollection).optional(),
  monitors: z.array(OnCollection).optional(),
});

/** `request`: path as in Postman's API, ids short; its query, if any, has to match as well. */
const Fault = z.union([
  z.strictObject({ request: z.string(), status: z.int(), message: z.string().optional() }),
  /** The answer comes without these rows, and says nothing of it. */
  z.strictObject({ request: z.string(), omit: z.array(Id) }),
]);

const Team = z.strictObject({
  workspaces: z.array(Workspace),
  /** What this plan or region does not offer. */
  unavailable: z
    .array(
      z.strictObject({
        kind: z.enum(['globals', 'specs', 'apis', 'mocks', 'monitors']),
        status: z.union([z.literal(403), z.literal(404)]),
      }),
    )
    .optional(),
  faults: z.array(Fault).optional(),
});

const PostmanFile = z.strictObject({
  ...Team.shape,
  /** Name of the variable with the key → the team that this key belongs to. */
  otherTeams: z.record(z.string(), Team).optional(),
});

export type Team = z.infer<typeof Team>;
export type Workspace = z.infer<typeof Workspace>;
export type Collection = z.infer<typeof Collection>;
export type Variables = z.infer<typeof Variables>;
export type Fault = z.infer<typeof Fault>;

/** @returns the teams by the name of the variable that holds their key. */
export async function readPostmanFile(path: string): Promise<ReadonlyMap<string, Team>> {
  const { otherTeams = {}, ...own } = PostmanFile.parse(
    JSON.parse(expandStandIns(await readFile(path, 'utf8'))),
  );
  return new Map([['POSTMAN_API_KEY', own], ...Object.entries(otherTeams)]);
}

export function uuidOf(id: string): string {
  return `${id.padStart(8, '0')}-0000-4000-8000-000000000000`;
}
