/** Looks over the shoulder of a running program: what others on the machine can see of its children and its files. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

type Sighting = { readonly where: string; readonly text: string };

export type Watch = {
  end(): void;
  /** Arguments and environments of its children, and the configuration of its temporary repositories. */
  readonly seen: ReadonlyMap<string, Sighting>;
  /** Temporary files and folders that somebody else could have read or entered. */
  readonly open: ReadonlySet<string>;
  /** How many processes other than the program itself were seen. */
  children(): number;
};

const EVERY_MS = 4;

/** @param pid of the program; @param temporary its folder for temporary files. */
export function startWatch(pid: number, temporary: string): Watch {
  const seen = new Map<string, Sighting>();
  const open = new Set<string>();
  const processes = new Set<number>();

  function note(where: string, read: () => string): void {
    try {
      const text = read();
      seen.set(`${where} ${text}`, { where, text });
    } catch {
      // It ended, or was deleted, while it was looked at.
    }
  }

  function look(): void {
    const own = argumentsOf(pid);
    for (const child of descendantsOf(pid)) {
      const args = argumentsOf(child);
      // Between fork and exec a child is a copy of the program, and shows what the program was started with.
      if (args !== '' && args !== own) {
        processes.add(child);
        note('arguments of a child', () => args);
        note('environment of a child', () => readFileSync(`/proc/${child}/environ`, 'latin1'));
      }
    }
    for (const name of namesIn(temporary)) {
      const path = join(temporary, name);
      if (modeOf(path) & 0o077) {
        open.add(name);
      }
      note(`temporary file ${name}/config`, () => readFileSync(join(path, 'config'), 'latin1'));
    }
  }

  const timer = setInterval(look, EVERY_MS);
  return {
    seen,
    open,
    end: () => clearInterval(timer),
    children: () => processes.size,
  };
}

function argumentsOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
}

function descendantsOf(pid: number): readonly number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .split(' ')
      .filter(Boolean)
      .map(Number);
    return children.flatMap((child) => [child, ...descendantsOf(child)]);
  } catch {
    return [];
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Symbolic links and what has vanished are nobody's business. */
function modeOf(path: string): number {
  try {
    return statSync(path).mode & 0o777;
  } catch {
    return 0;
  }
}
