/** The faults of a case: which answers of the stand-in for the Postman API fail, or come short. */
import type { FaultHook } from '../../demo/postman-api/types.d.mts';
import { type Fault, uuidOf } from './postman-file.ts';

const NAMES: Readonly<Record<number, string>> = { 403: 'forbiddenError', 404: 'instanceNotFoundError' };

export function faultHook(faults: readonly Fault[]): FaultHook {
  return ({ path }) => {
    const fault = faults.find(({ request }) => isMeant(request, path));
    if (fault === undefined) {
      return undefined;
    }
    if ('omit' in fault) {
      const omitted = new Set(fault.omit.map(uuidOf));
      return { rewrite: (json) => without(json, omitted) };
    }
    const { status, message = 'This answer is a fault of the scenario.' } = fault;
    return { status, body: { error: { name: NAMES[status] ?? 'serverError', message } } };
  };
}

/** Short ids are written out, with or without an owner in front. */
function isMeant(request: string, path: string): boolean {
  const wanted = new URL(request, 'http://loopback');
  const asked = new URL(path, 'http://loopback');
  const pattern = wanted.pathname.replace(/(?<=\/)[0-9a-f]{1,8}(?=\/|$)/g, (id) => `(?:\\d+-)?${uuidOf(id)}`);
  return (
    new RegExp(`^${pattern}$`).test(asked.pathname) &&
    [...wanted.searchParams].every(([name, id]) => asked.searchParams.get(name) === uuidOf(id))
  );
}

function without(json: unknown, omitted: ReadonlySet<string>): unknown {
  if (Array.isArray(json)) {
    return json.filter((row) => !omitted.has(String(row?.id))).map((row) => without(row, omitted));
  }
  if (typeof json !== 'object' || json === null) {
    return json;
  }
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, without(value, omitted)]));
}
