/** Flags and help: turns the command line into a command and its settings. */
import { Command, CommanderError, Option } from 'commander';
import type { RunInput } from './commands/run-backups.ts';
import type { Setting, SettingName } from './config/settings.ts';
import { KnownError } from './errors.ts';
import { describeError } from './report/describe-error.ts';
import { failedReport } from './report/report.ts';

export type CliInput = Omit<RunInput, 'flags'> & {
  /** Without the names of Node and of the program. */
  readonly argv: readonly string[];
  readonly writeOutput: (text: string) => void;
};

type Flags = Partial<Record<SettingName, unknown>>;

const BUG_EXIT_CODE = 1;

/** Put in by the build: a component's program has one command, the command line tool has all. */
declare const __COMMAND__: 'all' | 'backup' | 'site';

/** @returns the exit code (interface.md, Program). */
export async function run(input: CliInput): Promise<number> {
  let exitCode = 0;
  const program = createProgram(input);
  const end = (code: number) => {
    exitCode = code;
  };
  if (__COMMAND__ !== 'site') {
    await addBackup(program, input, end);
  }
  if (__COMMAND__ !== 'backup') {
    await addSite(program, input, end);
  }
  try {
    await program.parseAsync(input.argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    return error instanceof CommanderError ? endUsage(error, input) : endWithBug(error, input);
  }
}

type End = (exitCode: number) => void;

async function addBackup(program: Command, input: CliInput, end: End): Promise<void> {
  const command = program
    .command('backup')
    .description('Postman → repository: commits what changed since the last backup')
    .option('--json', 'print the report as one JSON document on stdout');
  // What only one command needs is loaded for that one: `--help` and `--version` answer at once.
  if (!input.argv.includes(command.name())) {
    return;
  }
  const { backupSettings, runSettings } = await import('./config/settings.ts');
  addFlags(command, { ...backupSettings, ...runSettings }, async (flags, given) => {
    const { runBackups } = await import('./commands/run-backups.ts');
    const report = await runBackups({ ...input, flags });
    end(report.exitCode);
    if (given['json'] === true) {
      input.writeOutput(`${JSON.stringify(report, null, 2)}\n`);
    }
  });
}

async function addSite(program: Command, input: CliInput, end: End): Promise<void> {
  const command = program
    .command('site')
    .description('a static catalogue of the backups in a repository, for GitLab Pages')
    .option('--output <folder>', 'folder that receives the pages', 'public');
  if (!input.argv.includes(command.name())) {
    return;
  }
  const { settings } = await import('./config/settings.ts');
  const { SITE_SETTINGS } = await import('./config/site.ts');
  const shared = Object.fromEntries(SITE_SETTINGS.map((name) => [name, settings[name]]));
  addFlags(command, shared, async (flags, given) => {
    const { runSite } = await import('./commands/site.ts');
    end(await runSite({ ...input, flags, output: String(given['output']) }));
  });
}

/** Help and the version arrive as errors too; without a command the help has been shown as an answer. */
function endUsage({ exitCode, code, message }: CommanderError, input: CliInput): number {
  if (exitCode === 0) {
    return 0;
  }
  const hint = `\`postman-gitlab ${input.argv.includes('site') ? 'site' : 'backup'} --help\` lists the flags.`;
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

function addFlags(
  command: Command,
  settings: Readonly<Record<string, Setting>>,
  action: (flags: Flags, given: Readonly<Record<string, unknown>>) => Promise<void>,
): void {
  const options = Object.entries(settings).map(([name, setting]) => ({
    name,
    option: createOption(name, setting),
  }));
  command.addHelpText('after', HELP_END);
  for (const { option } of options) {
    command.addOption(option);
  }
  command.action(async (given: Readonly<Record<string, unknown>>) => {
    const flags = options.map(({ name, option }) => [name, given[option.attributeName()]]);
    await action(Object.fromEntries(flags), given);
  });
}

const HELP_END = `
Every flag is also a variable: --max-removals is POSTMAN_GITLAB_MAX_REMOVALS.
POSTMAN_API_KEY holds the Postman API key, GITLAB_TOKEN the GitLab token.`;

function createOption(name: string, setting: Setting): Option {
  const help =
    setting.fallback === undefined ? setting.help : `${setting.help} (default: ${setting.fallback})`;
  switch (setting.type) {
    case 'list':
      return new Option(`--${name} <value>`, `${help}; may be repeated`).argParser(
        (value: string, values: readonly string[] = []) => [...values, value],
      );
    case 'boolean':
      return new Option(`--${name} [true|false]`, help);
    case 'integer':
      return new Option(`--${name} <number>`, help);
    case 'choice':
    case 'text':
      return new Option(`--${name} <value>`, help);
  }
}
