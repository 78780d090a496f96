/** Words that stand for texts which look like real keys, so that no scanner finds any in the files of a case. */
import { createHash } from 'node:crypto';

const standIns = new Map([
  ['{fake-postman-key}', fakePostmanKey('a sample')],
  ['{fake-github-token}', ['ghp', '_', 'Ab3dEf6hIj9k'.repeat(3)].join('')],
]);

/** A key as Postman writes them, the same for the same seed. */
export function fakePostmanKey(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  return ['PMAK', hex.slice(0, 24), hex.slice(24, 58)].join('-');
}

export function expandStandIns(text: string): string {
  return replaceEach(text, [...standIns]);
}

export function foldStandIns(text: string): string {
  return replaceEach(
    text,
    [...standIns].map(([word, meaning]) => [meaning, word]),
  );
}

function replaceEach(text: string, pairs: readonly (readonly [string, string])[]): string {
  let replaced = text;
  for (const [from, to] of pairs) {
    replaced = replaced.replaceAll(from, to);
  }
  return replaced;
}
