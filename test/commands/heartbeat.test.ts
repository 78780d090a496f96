/** A job that is silent for long looks hung: something is said in every part of a run that can take long. */
import { expect, it } from 'vitest';
import { createProgress } from '../../src/report/progress.ts';
import { createStory } from './story.ts';

it('has a heartbeat while it reads, lists, fetches and commits, and none afterwards', async () => {
  const { postman, repository, run } = createStory();
  for (const name of ['Orders', 'Refunds']) {
    postman.add(name);
  }
  let beat: (() => void) | undefined;
  let period = 0;
  const lines: string[] = [];
  const note = (text: string) => lines.push(text);
  const progress = createProgress({
    stream: { write: () => undefined },
    log: { info: note, warn: note, error: note, section: async (_, work) => work() },
    repeat: (work, milliseconds) => {
      beat = work;
      period = milliseconds;
      return () => {
        beat = undefined;
      };
    },
  });
  // A moment passes whenever something is asked.
  postman.onCall = () => beat?.();
  repository.beforeApply = () => beat?.();
  const { listTree } = repository;
  repository.listTree = async () => {
    beat?.();
    return listTree();
  };

  await run({}, { progress });

  expect(period).toBeLessThan(30_000);
  expect(beat).toBeUndefined();
  expect(lines[0]).toBe('preparing 0 of 3');
  expect(lines[1]).toBe('preparing 1 of 3, last: read the branch');
  expect(lines).toContain('fetching 0 of 2');
  expect(lines.at(-1)).toBe('committing 0 of 1');
});
