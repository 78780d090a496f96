/** What a mistyped name was probably meant to be. */
import { distance } from 'fastest-levenshtein';

/** @returns up to three of `names` that are close to `wanted`, closest first, each once. */
export function nearestNames(wanted: string, names: Iterable<string>): readonly string[] {
  const lower = wanted.toLowerCase();
  const farthest = Math.max(2, Math.floor(wanted.length / 2));
  return [...new Set(names)]
    .map((name) => ({
      name,
      far: name.toLowerCase().includes(lower) ? 0 : distance(lower, name.toLowerCase()),
    }))
    .filter(({ far }) => far <= farthest)
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** @returns ` Did you mean "A" or "B"?`, or nothing when no name is close. */
export function didYouMean(wanted: string, names: Iterable<string>): string {
  const near = nearestNames(wanted, names);
  return near.length === 0 ? '' : ` Did you mean ${near.map((name) => `"${name}"`).join(' or ')}?`;
}
