/** The command `restore`: its flags, and its plan as JSON. */
import type { Command } from 'commander';
import { type CliInput, type End, endWith } from './command.ts';
import { addFlags } from './flags.ts';

export async function addRestore(program: Command, input: CliInput, end: End): Promise<void> {
  const command = program
    .command('restore')
    .description('repository → Postman: shows a plan, and carries it out with --yes')
    .option('--json', 'print the plan, or what became of it, as one JSON document on stdout');
  if (!input.argv.includes(command.name())) {
    return;
  }
  const { restoreSettings, settings } = await import('../config/settings.ts');
  const { SHARED_WITH_RESTORE } = await import('../config/restore.ts');
  const shared = Object.fromEntries(SHARED_WITH_RESTORE.map((name) => [name, settings[name]]));
  addFlags(command, { ...restoreSettings, ...shared }, async (flags, given) => {
    const { runRestore } = await import('../commands/restore.ts');
    const report = await runRestore({ ...input, flags });
    endWith(report, { ...input, end, asJson: given['json'] === true });
  });
}
