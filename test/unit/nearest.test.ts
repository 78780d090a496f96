/** What a mistyped name was probably meant to be. */
import { describe, expect, it } from 'vitest';
import { didYouMean, nearestNames } from '../../src/nearest.ts';

describe('the nearest names', () => {
  it.each([
    ['Ordrs', ['Orders', 'Payments'], ['Orders']],
    ['ORDERS', ['orders'], ['orders']],
    ['Orders', ['Orders v2 (old)', 'Others'], ['Orders v2 (old)', 'Others']],
    ['abc', ['xyz'], []],
    ['abc', [], []],
  ])('to %j among %j are %j', (wanted, names, expected) => {
    expect(nearestNames(wanted, names)).toEqual(expected);
  });

  it('are at most three, the closest first, then by code unit, each once', () => {
    expect(nearestNames('abcd', ['abxx', 'abcz', 'abca', 'abca', 'zbcz', 'abcd'])).toEqual([
      'abcd',
      'abca',
      'abcz',
    ]);
  });
});

describe('the question', () => {
  it('names them', () => {
    expect(didYouMean('brnch', ['branch', 'author'])).toBe(' Did you mean "branch"?');
    expect(didYouMean('a1', ['a2', 'a3'])).toBe(' Did you mean "a2" or "a3"?');
  });

  it('is not asked when nothing is near', () => {
    expect(didYouMean('something', ['else'])).toBe('');
  });
});
