/** Whatever a server may call a file. */
import fc from 'fast-check';

const PARTS = [
  ...['/', '/', '/', '\\', '.', '..', ' ', '\0', ':', '~', '-', 'a', 'A', 'b', 'é', 'e\u0301', 'ﬁ', 'fi'],
  ...['.yaml', '.json', 'CON', 'nul', '.git', 'git~1', '__proto__', 'toString', '1', '\ud83d', '🚀'],
  ...['.postman-spec.json', '．postman-spec.json', '.postman-api.json', 'collections'],
];

export const anyPath = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(...PARTS),
  fc.array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 8 }).map((parts) => parts.join('')),
);
