/** Flags and help: turns the command line into a command and its settings. */
import { Command, CommanderError } from 'commander';
import { addBackup } from './cli/backup.ts';
import type { CliInput, End } from './cli/command.ts';
import { addPush } from './cli/push.ts';
import { addRestore } from './cli/restore.ts';
import { addSite } from './cli/site.ts';
import { addVerify } from './cli/verify.ts';
import { KnownError } from './errors.ts';
import { describeError } from './report/describe-error.ts';
import { failedReport } from './report/report.ts';

const BUG_EXIT_CODE = 1;

/** Put in by the build: a component's program has one command, the command line tool has all. */
declare const __COMMAND__: 'all' | 'backup' | 'site' | 'restore' | 'verify' | 'push';

/** @returns the exit code (interface.md, Program). */
export async function run(input: CliInput): Promise<number> {
  let exitCode = 0;
  const program = createProgram(input);
  const end: End = (code) => {
    exitCode = code;
  };
  if (__COMMAND__ === 'all' || __COMMAND__ === 'backup') {
    await addBackup(program, input, end);
  }
  if (__COMMAND__ === 'all' || __COMMAND__ === 'site') {
    await addSite(program, input, end);
  }
  if (__COMMAND__ === 'all' || __COMMAND__ === 'push') {
    await addPush(program, input, end);
  }
  if (__COMMAND__ === 'all' || __COMMAND__ === 'restore') {
    await addRestore(program, input, end);
  }
  if (__COMMAND__ === 'all' || __COMMAND__ === 'verify') {
    await addVerify(program, input, end);
  }
  try {
    await program.parseAsync(input.argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    return error instanceof CommanderError ? endUsage(error, program, input) : endWithBug(error, input);
  }
}

/** Help and the version arrive as errors too; without a command the help has been shown as an answer. */
function endUsage({ exitCode, code, message }: CommanderError, program: Command, input: CliInput): number {
  if (exitCode === 0) {
    return 0;
  }
  const command = program.commands.find((one) => input.argv.includes(one.name()))?.name() ?? 'backup';
  const hint = `\`postman-gitlab ${command} --help\` lists the flags.`;
  // What follows the equals sign of a flag that does not exist may be a key.
  const said = message.replace(/^error: /, '').replace(/(--[\w-]+)=[^']*/, '$1');
  const what = code === 'commander.help' ? 'No command was given.' : said;
  const error = new KnownError('CONFIG_INVALID', what, { hint });
  input.log.error(describeError(error));
  if (input.argv.includes('--json')) {
    const report = failedReport(error, { ...input, startedAt: input.now() });
    input.writeOutput(`${JSON.stringify(report, null, 2)}\n`);
  }
  return error.exitCode;
}

function endWithBug(error: unknown, { log }: CliInput): number {
  log.error(describeError(error));
  return BUG_EXIT_CODE;
}

function createProgram({ version, writeOutput, log }: CliInput): Command {
  return new Command('postman-gitlab')
    .description('Backs a Postman team up into its own GitLab.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: writeOutput,
      writeErr: (text) => log.info(text.trimEnd()),
      // Said where the run ends, with its code.
      outputError: () => undefined,
    });
}
