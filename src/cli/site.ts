/** The command `site`: its flags. */
import type { Command } from 'commander';
import type { CliInput, End } from './command.ts';
import { addFlags } from './flags.ts';

export async function addSite(program: Command, input: CliInput, end: End): Promise<void> {
  const command = program
    .command('site')
    .description('a static catalogue of the backups in a repository, for GitLab Pages')
    .option('--output <folder>', 'folder that receives the pages', 'public');
  if (!input.argv.includes(command.name())) {
    return;
  }
  const { siteSettings } = await import('../config/site.ts');
  addFlags(command, siteSettings, async (flags, given) => {
    const { runSite } = await import('../commands/site.ts');
    end(await runSite({ ...input, flags, output: String(given['output']) }));
  });
}
