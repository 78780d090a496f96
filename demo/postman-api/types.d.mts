/** The types of the stand-in for the Postman API: its data (the estate), its options and its faults. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export type Visibility = 'personal' | 'team' | 'private' | 'public' | 'partner';

export type User = { id: number; username: string; fullName: string; email: string; teamName: string };

export type Variable = {
  key: string;
  value?: string;
  type?: string;
  enabled?: boolean;
  description?: string;
  [field: string]: unknown;
};

export type Item = {
  id?: string;
  name?: string;
  item?: Item[];
  request?: { [field: string]: unknown } | string;
  response?: { id?: string; [field: string]: unknown }[];
  [field: string]: unknown;
};

/** A collection as Postman stores it, of whatever schema version. */
export type CollectionBody = {
  info?: { _postman_id?: string; name?: string; schema?: string; [field: string]: unknown };
  item?: Item[];
  variable?: Variable[];
  [field: string]: unknown;
};

export type EnvironmentBody = { name?: string; values?: Variable[]; [field: string]: unknown };

export type StoredWorkspace = {
  id: string;
  name: string;
  type: Visibility;
  description: string;
  createdAt: string;
  updatedAt: string;
  /** Global variables. */
  globals: Variable[];
};

type Stored = {
  workspaceId: string;
  uuid: string;
  /** Id of the owning user: the first half of the uid. */
  owner: string;
  createdAt: string;
  /** What Postman's list shows. */
  updatedAt: string;
  /** When the content really changed last: what `updatedAt` sometimes hides. */
  editedAt: string;
};

export type StoredCollection = Stored & { body: CollectionBody };
export type StoredEnvironment = Stored & { body: EnvironmentBody };

/** A file of a spec, or of the definition of an API. */
export type StoredFile = { id: string; path: string; content: string; createdAt: string; updatedAt: string };

export type StoredSpec = Stored & {
  name: string;
  /** `OPENAPI:3.0`, `GRAPHQL` … */
  type: string;
  files: (StoredFile & { type: 'ROOT' | 'DEFAULT' })[];
};

/** What hangs on a collection knows it by its uuid: its uid changes with the owner. */
type Linked = { collection: string; environment?: string };

export type MockConfig = {
  headers: string[];
  matchBody: boolean;
  matchQueryParams: boolean;
  matchWildcards: boolean;
  delay: { type: 'fixed'; duration: number; preset?: '1' | '2' } | null;
  serverResponseId: string | null;
};

export type ServerResponse = { id: string; name: string; statusCode: number };

export type StoredMock = Stored &
  Linked & { name: string; isPublic: boolean; config: MockConfig; serverResponses: ServerResponse[] };

export type MonitorSettings = {
  notificationLimit?: number;
  options?: { [name: string]: boolean | number };
  notifications?: { onError: { email: string }[]; onFailure: { email: string }[] };
  distribution?: { region: string }[];
  schedule: { cron: string; timezone: string };
  retry?: { attempts: number };
};

export type StoredMonitor = Stored & Linked & { name: string; active: boolean; settings: MonitorSettings };

export type GitInfo = {
  domain: string | null;
  organization: string;
  repository: string;
  schemaFolder: string;
  collectionFolder: string;
};

export type StoredSchema = {
  id: string;
  /** `openapi:3`, `graphql` … */
  type: string;
  createdAt: string;
  updatedAt: string;
  files: StoredFile[];
};

/** An API of the API Builder. Its collections are its own: the workspace does not list them. */
export type StoredApi = Stored & {
  name: string;
  summary: string;
  description: string;
  schemas: StoredSchema[];
  collections: { uuid: string; body: CollectionBody }[];
  versions: { id: string; name: string }[];
  /** With it, schemas and collections lie in that repository and not in Postman. */
  gitInfo?: GitInfo;
};

/** Everything that a Postman team has, as plain data. */
export type Estate = {
  user: User;
  workspaces: StoredWorkspace[];
  collections: StoredCollection[];
  environments: StoredEnvironment[];
  specs: StoredSpec[];
  mocks: StoredMock[];
  monitors: StoredMonitor[];
  apis: StoredApi[];
  /** What time it is in the estate; every write moves it on by a minute. */
  now: string;
  /** Ids are drawn from the seed: the same calls give the same ids. */
  seed: string;
  idsDrawn: number;
};

export type LimitOptions = {
  /** Default 300. */
  perMinute?: number;
  /** GET of collections, workspaces, one workspace, monitors, together. Default 10 in 10,000 ms. */
  lists?: { limit: number; windowMs: number };
  /** `false`: count and send headers, refuse nothing. Default true. */
  enforce?: boolean;
  /** Calls that the plan allows a month. Default: unlimited. */
  monthlyQuota?: number;
  /** Calls made this month so far. Default 0. */
  monthlyUsage?: number;
  /** Which of the documented spellings to send. Default `x-ratelimit`. */
  headers?: 'x-ratelimit' | 'ratelimit' | 'combined' | 'none';
};

export type FaultRequest = {
  method: string;
  /** With its query. */
  path: string;
  headers: { readonly [name: string]: string | string[] | undefined };
  /** Requests so far, this one included. */
  count: number;
};

/** `cutBody`: the real answer, cut off half way. A delay or a rewrite changes the real answer. */
export type Fault =
  | 'reset'
  | 'hang'
  | 'cutBody'
  | { status: number; body?: unknown; headers?: { [name: string]: string } }
  | { delayMs?: number; rewrite?: (json: Json) => unknown };

export type FaultHook = (request: FaultRequest) => Fault | undefined | Promise<Fault | undefined>;

/** What a plan or a region may lack: its routes answer 403, or are not there at all. */
export type Unavailable = { kind: 'globals' | 'specs' | 'mocks' | 'monitors' | 'apis'; status: 403 | 404 };

/**
 * From which size on collections are refused, which is not documented: "Request body size limit exceeded", or the
 * gateway's 504 (postman-app-support#13148). `inTasks`: what becomes of an asynchronous update of that size, by
 * default the same.
 */
export type BodyLimit = { bytes: number; status: 413 | 504; inTasks?: 'taken' | 'failed' };

export type PostmanApiOptions = {
  apiKey?: string;
  estate: Estate;
  /** Default: any free one. */
  port?: number;
  limits?: LimitOptions;
  /** Most rows on a page, whatever `limit` asks for. Default 100. */
  maxPageSize?: number;
  latencyMs?: number;
  /** Shuffle key order, event order and script ids at every GET. Default false. */
  noisy?: boolean;
  /** Status for a missing collection or environment on GET: documented as 400, seen as 404. Default 404. */
  notFoundStatus?: 400 | 404;
  /** Default: everything is offered. */
  unavailable?: readonly Unavailable[];
  /** Default: the documented 100 MB for PUT. */
  bodyLimit?: BodyLimit;
  /** How many further requests an asynchronous update lasts. Default 2. */
  taskRequests?: number;
  /** Milliseconds since the epoch; for tests of the limits. Default `Date.now`. */
  now?: () => number;
};

export type RequestRecord = {
  method: string;
  /** With its query. */
  path: string;
  /** 0: it got no answer. */
  status: number;
};

export type PostmanApi = {
  url: string;
  apiKey: string;
  /** Live: what changes here is what the next request sees. */
  estate: Estate;
  requests: RequestRecord[];
  /** Sets the one hook that may make an answer fail; `undefined` takes it away. */
  onRequest(hook: FaultHook | undefined): void;
  close(): Promise<void>;
};

/** One answer, before it is sent. */
export type Answer = { status: number; json: unknown; headers?: { [name: string]: string } };

/** An asynchronous update of a collection. */
export type UpdateTask = {
  id: string;
  collection: string;
  status: 'in-progress' | 'successful' | 'failed';
  /** The number of the request at which it ends. */
  endsAt: number;
  apply: () => 'successful' | 'failed';
};

export type UpdateTasks = {
  /** @param apply does it, when its time has come. */
  start(collection: string, count: number, apply: UpdateTask['apply']): UpdateTask;
  find(id: string | undefined): UpdateTask | undefined;
  isRunning(collection: string): boolean;
  /** Ends what ends before request number `count`. */
  advance(count: number): void;
};

export type RouteContext = {
  estate: Estate;
  params: string[];
  query: URLSearchParams;
  body: unknown;
  /** Bytes of the body. */
  size: number;
  /** Whether it was sent with `Prefer: respond-async`. */
  isAsync: boolean;
  tasks: UpdateTasks;
  /** The `Accept` header. */
  accept: string;
  /** Requests so far, this one included. */
  count: number;
  monthlyUsage: number;
  options: PostmanApiOptions;
};
