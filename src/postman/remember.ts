/** What was asked once in a run is not asked again. */

/**
 * @returns a function that gives the value which was had under this key, or lets `ask` get it. Who asks meanwhile
 * waits for the same answer. A failure is not remembered, nor what `isWorth` refuses.
 */
export function createMemory<T>(isWorth: (value: T) => boolean = () => true) {
  const answers = new Map<string, Promise<T>>();
  return async (key: string, ask: () => Promise<T>): Promise<T> => {
    const known = answers.get(key);
    if (known !== undefined) {
      return known;
    }
    const asked = ask();
    answers.set(key, asked);
    let isKept = false;
    try {
      const value = await asked;
      isKept = isWorth(value);
      return value;
    } finally {
      if (!isKept) {
        answers.delete(key);
      }
    }
  };
}
