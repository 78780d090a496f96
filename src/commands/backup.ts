/** `backup`: Postman → repository. */
import { printable } from '../printable.ts';
import type { BackupSettings, BackupTools } from './backup-input.ts';
import { resultOf } from './backup-result.ts';
import { createBatches } from './commit-batches.ts';
import { fetchResources } from './fetch-resources.ts';
import { adoptFiles, readBranch } from './read-branch.ts';
import { type Survey, survey } from './survey.ts';

/** @throws KnownError when the run cannot go on; what failed for one resource is an outcome. */
export async function backup(settings: BackupSettings, tools: BackupTools): Promise<void> {
  const { source, progress } = tools;
  try {
    const found = await survey(settings, tools);
    tools.onQuota(found.quota);
    tools.log.info(describeStart(found));
    const batches = openBatches(found, settings, tools);
    try {
      progress.start('fetching', found.choice.fetch.length);
      for await (const fetched of fetchResources(source, found.choice.fetch, settings.secrets)) {
        progress.step(fetched.ref.name);
        if (fetched.file === undefined) {
          batches.fail(fetched.key, fetched.outcome);
        } else {
          await batches.add(fetched);
        }
      }
      progress.start('committing', 1);
      await batches.finish();
    } finally {
      tools.onResult(await resultOf(found, batches.results(), { settings, repository: tools.repository }));
    }
  } finally {
    progress.stop();
  }
}

function openBatches(
  { branch, wanted, inventory, refs }: Survey,
  settings: BackupSettings,
  { repository, nextRunId, pauseMs }: BackupTools,
) {
  const { directory, dryRun } = settings;
  return createBatches(
    {
      backup: settings,
      layout: wanted.layout,
      inventory,
      refs,
      repository,
      dryRun,
      nextRunId,
      pauseMs,
      readBranch: async () => adoptFiles(repository, await readBranch(repository, directory), wanted),
    },
    branch,
  );
}

function describeStart({ inventory, choice, refs }: Survey): string {
  const { fetch, unverified } = choice;
  const names = inventory.workspaces.map(({ name }) => printable(name)).join(', ');
  const unseen = unverified === 0 ? '' : `, ${unverified} not looked at in this run`;
  return `${refs.length} resources in ${names || 'no workspace'}; ${fetch.length} to fetch${unseen}.`;
}
