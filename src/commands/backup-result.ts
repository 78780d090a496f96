/** What became of one backup, put together for the report. */
import type { BackupConfig } from '../config/config.ts';
import { nameOfKind } from '../kind-name.ts';
import type { Inventory, Outcome } from '../model.ts';
import { aboutResource } from '../plan/about-resource.ts';
import type { FetchChoice } from '../plan/choose-fetches.ts';
import type { DetectedRef } from '../plan/detect-changes.ts';
import type { BackupResult } from '../report/report.ts';
import { keyOf } from '../resource-key.ts';
import type { PartBatches } from './commit-batches.ts';
import type { Repository } from './ports.ts';
import type { Survey } from './survey.ts';

/** @param done what the commits did so far: also when the run ended half-way. */
export async function resultOf(
  { inventory, detected, choice, warnings }: Survey,
  done: ReturnType<PartBatches['results']>,
  { settings, repository }: { readonly settings: BackupConfig; readonly repository: Repository },
): Promise<BackupResult> {
  const { outcomes, commits } = done;
  return {
    destination: repository.label,
    branch: await repository.branchName(),
    directory: settings.directory,
    workspaces: inventory.workspaces,
    commits,
    warnings: [...warnings, ...keptSecrets(outcomes, settings), ...losses(outcomes)],
    verification: verificationOf(choice),
    outcomes: [...outcomes, ...untouched(detected, outcomes, choice), ...missingListings(inventory)],
  };
}

function verificationOf(choice: FetchChoice): BackupResult['verification'] {
  const { mode, fetch, rechecked, unverified, runsUntilVerified, expectation } = choice;
  return {
    mode,
    fetched: fetch.length,
    rechecked,
    unverified,
    expectation,
    ...(runsUntilVerified === undefined ? {} : { runsUntilVerified }),
  };
}

/** @returns an outcome for each resource that this run did not look at, or did not get to before it ended. */
function untouched(
  refs: readonly DetectedRef[],
  outcomes: readonly Outcome[],
  { fetch }: FetchChoice,
): readonly Outcome[] {
  const told = new Set(outcomes.map(keyOf));
  const due = new Set(fetch);
  return refs
    .filter(({ key }) => !told.has(key))
    .map((one) => {
      return {
        ...aboutResource(one.ref),
        status: 'unverified',
        ...(one.entry === undefined ? {} : { path: one.entry.path }),
        ...(due.has(one) ? { note: 'not committed: the run ended before' } : {}),
      };
    });
}

/** A list that may be short is a failure of its own: what it does not show cannot be named. */
function missingListings(inventory: Inventory): readonly Outcome[] {
  return inventory.listings.flatMap(({ kind, workspace, doubt, unavailable }): Outcome | [] => {
    const about = {
      kind,
      uuid: workspace.id,
      name: `all ${kind} of ${workspace.name}`,
      workspace: workspace.name,
    };
    if (unavailable !== undefined) {
      return { ...about, status: 'skipped', note: `Postman does not offer it: ${unavailable}` };
    }
    return doubt === undefined
      ? []
      : {
          ...about,
          status: 'failed',
          code: 'LISTING_INCOMPLETE',
          note: `the list may not be complete: ${doubt}`,
        };
  });
}

/** It may be what somebody wanted: but nobody should have to find it in a diff. */
function losses(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.flatMap(({ shrunk, kind, name }) =>
    shrunk === undefined
      ? []
      : `The ${nameOfKind(kind)} "${name}" has lost most of its items: ${shrunk.to} of ${shrunk.from} are left. It was fetched twice; if nobody deleted them, restore it from the commit before.`,
  );
}

function keptSecrets(outcomes: readonly Outcome[], { secrets }: BackupConfig): readonly string[] {
  const found = outcomes.flatMap(({ findings = [] }) => findings).length;
  return secrets === 'keep' && found > 0
    ? [`Because \`secrets\` is \`keep\`, secrets are written as they are: ${found}.`]
    : [];
}
