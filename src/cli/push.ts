/** The command `push`: its flags, and its report as JSON. */
import type { Command } from 'commander';
import { type CliInput, type End, endWith } from './command.ts';
import { addFlags } from './flags.ts';

export async function addPush(program: Command, input: CliInput, end: End): Promise<void> {
  const command = program
    .command('push')
    .description('repository → Postman: what was edited in files since the last backup')
    .option('--json', 'print the report as one JSON document on stdout');
  if (!input.argv.includes(command.name())) {
    return;
  }
  const { settings } = await import('../config/settings.ts');
  const { PUSH_SETTINGS } = await import('../config/push.ts');
  const shared = Object.fromEntries(PUSH_SETTINGS.map((name) => [name, settings[name]]));
  addFlags(command, shared, async (flags, given) => {
    const { runPush } = await import('../commands/run-push.ts');
    const report = await runPush({ ...input, flags });
    endWith(report, { ...input, end, asJson: given['json'] === true });
  });
}
