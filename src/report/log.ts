/** The human log: lines on stderr, masked, without anything that could forge or hide a line. */

import { cleanLines } from './lines.ts';
import type { Mask } from './mask.ts';

export type Log = {
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
  /** Runs `work` under a title, which GitLab shows as a section that can be opened. */
  section<T>(title: string, work: () => Promise<T>): Promise<T>;
};

type LogOptions = {
  readonly write: (text: string) => void;
  readonly mask: Mask;
  /** Write GitLab's section markers; only inside GitLab CI. */
  readonly sections: boolean;
  readonly now: () => Date;
};

const WARNING = '! ';
const ERROR = '✖ ';

/**
 * Text may have several lines. The first line of a warning begins with `! `, of an error with `✖ ` (unless the text
 * already does); their other lines are indented.
 */
export function createLog({ write, mask, sections, now }: LogOptions): Log {
  let opened = 0;

  function print(text: string, mark: string = ''): void {
    // Before it is split: a secret may have several lines. And after: a removed character may have cut one.
    const lines = cleanLines(mask.apply(text));
    for (const [index, line] of lines.entries()) {
      write(`${mask.apply(markLine(line, index, mark))}\n`);
    }
  }

  // https://docs.gitlab.com/ci/jobs/job_logs/#custom-collapsible-sections
  function marker(kind: string, name: string): string {
    return `\u001b[0Ksection_${kind}:${Math.floor(now().getTime() / 1000)}:${name}\r\u001b[0K`;
  }

  async function section<T>(title: string, work: () => Promise<T>): Promise<T> {
    if (!sections) {
      print(title);
      return await work();
    }
    opened += 1;
    const name = `postman_gitlab_${opened}`;
    write(marker('start', `${name}[collapsed=true]`));
    print(title);
    try {
      return await work();
    } finally {
      write(`${marker('end', name)}\n`);
    }
  }

  return {
    info: (text) => print(text),
    warn: (text) => print(text, WARNING),
    error: (text) => print(text, ERROR),
    section,
  };
}

function markLine(line: string, index: number, mark: string): string {
  if (index === 0) {
    return line.startsWith(mark) ? line : `${mark}${line}`;
  }
  return mark === '' || line === '' || line.startsWith('  ') ? line : `  ${line}`;
}
