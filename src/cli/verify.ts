/** The command `verify`: its flags, and its report as JSON. */
import type { Command } from 'commander';
import { type CliInput, type End, endWith } from './command.ts';
import { addFlags } from './flags.ts';

export async function addVerify(program: Command, input: CliInput, end: End): Promise<void> {
  const command = program
    .command('verify')
    .description('proves that the backups in a repository can be restored, and compares them with Postman')
    .option('--json', 'print the report as one JSON document on stdout');
  if (!input.argv.includes(command.name())) {
    return;
  }
  const { settings, verifySettings } = await import('../config/settings.ts');
  const { SHARED_WITH_VERIFY } = await import('../config/verify.ts');
  const shared = Object.fromEntries(SHARED_WITH_VERIFY.map((name) => [name, settings[name]]));
  addFlags(command, { ...verifySettings, ...shared }, async (flags, given) => {
    const { runVerify } = await import('../commands/verify.ts');
    const report = await runVerify({ ...input, flags });
    endWith(report, { ...input, end, asJson: given['json'] === true });
  });
}
