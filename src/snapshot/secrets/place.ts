/** Where something stands in a JSON document: kept as a chain, told as a JSON path. */

export type Place = {
  /** Absent: directly below the root. */
  readonly parent: Place | undefined;
  readonly key: string | number;
};

/** @returns a JSON path such as `$.item[0].request["odd key"]`; `$` for the root. */
export function pathOf(place: Place | undefined): string {
  const members: string[] = [];
  for (let current = place; current !== undefined; current = current.parent) {
    members.push(memberOf(current.key));
  }
  return `$${members.reverse().join('')}`;
}

function memberOf(key: string | number): string {
  if (typeof key === 'number') {
    return `[${key}]`;
  }
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
