import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLog } from '../../../src/report/log.ts';
import { createMask } from '../../../src/report/mask.ts';
import { createProgress } from '../../../src/report/progress.ts';

function start(isTTY: boolean) {
  const lines: string[] = [];
  const written: string[] = [];
  const mask = createMask();
  mask.add('top-secret-value');
  const log = createLog({ write: (text) => lines.push(text), mask, sections: false, now: () => new Date(0) });
  let tick: (() => void) | undefined;
  const intervals: number[] = [];
  const progress = createProgress({
    stream: { isTTY, write: (text) => written.push(text) },
    log,
    repeat: (work, milliseconds) => {
      intervals.push(milliseconds);
      tick = work;
      return () => {
        tick = undefined;
      };
    },
  });
  return { progress, lines, written, intervals, tick: () => tick?.() };
}

/** Runs TypeScript in a process of its own: Node 20 needs it translated. */
async function runAlone(source: string) {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: root, loader: 'ts' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'cjs',
    write: false,
  });
  const code = outputFiles[0]?.text ?? '';
  return spawnSync(process.execPath, ['-e', code], { cwd: root, timeout: 15_000, encoding: 'utf8' });
}

afterEach(() => {
  vi.useRealTimers();
});

describe('progress in a job log', () => {
  it('writes a line at each tick, also when nothing was finished since', () => {
    const { progress, lines, tick } = start(false);
    progress.start('fetching', 900);
    tick();
    progress.step();
    progress.step('Orders');
    tick();
    tick();
    expect(lines).toEqual([
      'fetching 0 of 900\n',
      'fetching 2 of 900, last: Orders\n',
      'fetching 2 of 900, last: Orders\n',
    ]);
  });

  it('ticks often enough that no job is silent for 30 seconds', () => {
    const { progress, intervals } = start(false);
    progress.start('fetching', 1);
    expect(intervals).toEqual([20_000]);
  });

  it('begins anew for the next work, and is silent after its end', () => {
    const { progress, lines, tick } = start(false);
    progress.start('listing', 2);
    progress.step('Payments');
    progress.start('fetching', 5);
    tick();
    progress.stop();
    tick();
    expect(lines).toEqual(['fetching 0 of 5\n']);
  });

  it('passes names through the mask, on one line', () => {
    const { progress, lines, tick } = start(false);
    progress.start('fetching', 1);
    progress.step('top-secret-value\nforged');
    tick();
    expect(lines).toEqual(['fetching 1 of 1, last: [masked] forged\n']);
  });

  it('uses a timer of its own when it is given none, and stops it', () => {
    vi.useFakeTimers();
    const lines: string[] = [];
    const log = createLog({
      write: (text) => lines.push(text),
      mask: createMask(),
      sections: false,
      now: () => new Date(0),
    });
    const progress = createProgress({ stream: { write: () => true }, log, everyMs: 1000 });
    progress.start('fetching', 3);
    vi.advanceTimersByTime(2500);
    progress.stop();
    vi.advanceTimersByTime(5000);
    expect(lines).toHaveLength(2);
  });

  it('does not keep the process alive', async () => {
    const result = await runAlone(`
      import { createProgress } from './src/report/progress.ts';
      createProgress({ stream: { write() {} }, log: { info() {} } }).start('fetching', 3);`);
    expect(result).toMatchObject({ status: 0, signal: null });
  });

  it('does not load the bar', async () => {
    const result = await runAlone(`
      import { createProgress } from './src/report/progress.ts';
      createProgress({ stream: { write() {} }, log: { info() {} } }).start('fetching', 3);
      setImmediate(() => console.log(Object.keys(require.cache).join()));`);
    expect(result.stdout).not.toContain('cli-progress');
  });
});

describe('progress on a terminal', () => {
  it('draws a bar and takes it away', async () => {
    const { progress, written, lines, intervals } = start(true);
    progress.start('fetching', 4);
    progress.step('Orders');
    await vi.waitFor(() => expect(written.join('')).toContain('fetching ['));
    expect(written.join('')).toContain('1 of 4');
    progress.stop();
    expect(written.at(-1)).toBe('\u001b[2K');
    expect(lines).toEqual([]);
    expect(intervals).toEqual([]);
  });

  it('never jumps back to a saved position, where a log line may stand by then', async () => {
    const { progress, written } = start(true);
    progress.start('fetching', 4);
    await vi.waitFor(() => expect(written.join('')).toContain('fetching ['));
    progress.stop();
    expect(written.join('')).not.toContain('\u001b8');
  });

  it('draws nothing when it was stopped before the bar was loaded', async () => {
    const { progress, written } = start(true);
    progress.start('fetching', 4);
    progress.stop();
    await import('cli-progress');
    await new Promise((resolve) => setImmediate(resolve));
    expect(written).toEqual([]);
  });
});
