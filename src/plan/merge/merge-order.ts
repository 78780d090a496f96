/** Puts what two sides made of one list into one order. */
import { isSameJson } from '../../json.ts';

type Sides<T> = { readonly base: T; readonly ours: T; readonly theirs: T };

/**
 * What was there before stands in the order of the side that changed it. What came to the list stands behind what it
 * stood behind, and what came to one place from both sides: ours first.
 * @param lists keys in their order.
 * @param kept what is to be in the list, each at least in one of the three.
 * @returns nothing when each side has put what was there before into another order.
 */
export function mergeOrder(
  lists: Sides<readonly string[]>,
  kept: ReadonlySet<string>,
): readonly string[] | undefined {
  const inBase = new Set(lists.base);
  const frame = (list: readonly string[]) => list.filter((key) => kept.has(key) && inBase.has(key));
  const [base, ours, theirs] = [lists.base, lists.ours, lists.theirs].map(frame);
  const order = isSameJson(base, ours)
    ? theirs
    : isSameJson(base, theirs) || isSameJson(ours, theirs)
      ? ours
      : undefined;
  if (order === undefined) {
    return undefined;
  }
  const anchors = new Set(order);
  const taken = new Set(anchors);
  const [afterOurs, afterTheirs] = [lists.ours, lists.theirs].map((list) => {
    const newcomers = list.filter((key) => anchors.has(key) || (kept.has(key) && !taken.has(key)));
    for (const key of newcomers) {
      taken.add(key);
    }
    return behindAnchors(newcomers, anchors);
  });
  return [undefined, ...order].flatMap((anchor) => [
    ...(anchor === undefined ? [] : [anchor]),
    ...(afterOurs?.get(anchor) ?? []),
    ...(afterTheirs?.get(anchor) ?? []),
  ]);
}

/** @returns what follows each anchor before the next one; behind nothing stands what comes before the first. */
function behindAnchors(
  list: readonly string[],
  anchors: ReadonlySet<string>,
): ReadonlyMap<string | undefined, readonly string[]> {
  const followers = new Map<string | undefined, string[]>();
  let anchor: string | undefined;
  for (const key of list) {
    if (anchors.has(key)) {
      anchor = key;
    } else {
      const behind = followers.get(anchor) ?? [];
      behind.push(key);
      followers.set(anchor, behind);
    }
  }
  return followers;
}
