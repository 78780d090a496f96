/** What every command is given, and how it says its end. */
import type { RunInput } from '../commands/run-backups.ts';

export type CliInput = Omit<RunInput, 'flags'> & {
  /** Without the names of Node and of the program. */
  readonly argv: readonly string[];
  readonly writeOutput: (text: string) => void;
};

/** Takes the exit code (interface.md, Program). */
export type End = (exitCode: number) => void;
