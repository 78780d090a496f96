/** What every command is given, and how it says its end. */
import type { RunInput } from '../commands/run-backups.ts';

export type CliInput = Omit<RunInput, 'flags'> & {
  /** Without the names of Node and of the program. */
  readonly argv: readonly string[];
  readonly writeOutput: (text: string) => void;
};

/** Takes the exit code (interface.md, Program). */
export type End = (exitCode: number) => void;

/** The exit code of a report is that of the program; `asJson` prints it, too. */
export function endWith(
  report: { readonly exitCode: number },
  {
    writeOutput,
    end,
    asJson,
  }: Pick<CliInput, 'writeOutput'> & { readonly end: End; readonly asJson: boolean },
): void {
  end(report.exitCode);
  if (asJson) {
    writeOutput(`${JSON.stringify(report, null, 2)}\n`);
  }
}
