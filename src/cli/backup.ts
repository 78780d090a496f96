/** The command `backup`: its flags, and its report as JSON. */
import type { Command } from 'commander';
import { type CliInput, type End, endWith } from './command.ts';
import { addFlags } from './flags.ts';

export async function addBackup(program: Command, input: CliInput, end: End): Promise<void> {
  const command = program
    .command('backup')
    .description('Postman → repository: commits what changed since the last backup')
    .option('--json', 'print the report as one JSON document on stdout');
  // What only one command needs is loaded for that one: `--help` and `--version` answer at once.
  if (!input.argv.includes(command.name())) {
    return;
  }
  const { backupSettings, runSettings } = await import('../config/settings.ts');
  addFlags(command, { ...backupSettings, ...runSettings }, async (flags, given) => {
    const { runBackups } = await import('../commands/run-backups.ts');
    const report = await runBackups({ ...input, flags });
    endWith(report, { ...input, end, asJson: given['json'] === true });
  });
}
