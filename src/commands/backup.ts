/** `backup`: Postman → repository. */
import type { Tree } from '../model.ts';
import { printable } from '../printable.ts';
import type { BackupPart, BackupTools } from './backup-input.ts';
import { resultOf } from './backup-result.ts';
import { type Batches, createBatches, type PartBatches } from './commit-batches.ts';
import { fetchResources } from './fetch-resources.ts';
import type { Repository } from './ports.ts';
import { adoptFiles, readPart } from './read-branch.ts';
import { endsRun } from './run-error.ts';
import { STEPS, type Survey, survey } from './survey.ts';

/**
 * Backs up what goes to one branch, with one commit for all parts.
 * @param parts each with a directory of its own.
 * @throws KnownError when the branch cannot be read or written; what goes wrong with one part is told to that part,
 * and what failed for one resource is an outcome.
 */
export async function backup(parts: readonly BackupPart[], tools: BackupTools): Promise<void> {
  const { repository, progress } = tools;
  try {
    progress.start('preparing', 1 + STEPS * parts.length);
    const tree = await repository.listTree();
    progress.step('read the branch');
    const surveyed = await surveyAll(parts, tree, tools);
    const batches = createBatches(tools);
    const begun = surveyed.map((one) => ({ ...one, batches: openPart(one, batches, repository) }));
    try {
      await fetchAll(begun, tools);
      progress.start('committing', 1);
      await batches.finish();
    } finally {
      for (const { part, found, batches: done } of begun) {
        part.onResult(await resultOf(found, done.results(), { settings: part.settings, repository }));
      }
    }
  } finally {
    progress.stop();
  }
}

type SurveyedPart = { readonly part: BackupPart; readonly found: Survey };
type BegunPart = SurveyedPart & { readonly batches: PartBatches };

/** @returns the parts that can go on; the others have been told why not. */
async function surveyAll(
  parts: readonly BackupPart[],
  tree: Tree,
  tools: BackupTools,
): Promise<readonly SurveyedPart[]> {
  const surveyed: SurveyedPart[] = [];
  for (const part of parts) {
    try {
      const found = await survey(part, tree, tools);
      tools.log.info(describeStart(found));
      surveyed.push({ part, found });
    } catch (error) {
      part.onFailure(error);
      if (endsRun(error)) {
        return [];
      }
    }
  }
  return surveyed;
}

async function fetchAll(parts: readonly BegunPart[], tools: BackupTools): Promise<void> {
  const total = parts.reduce((sum, { found }) => sum + found.choice.fetch.length, 0);
  tools.progress.start('fetching', total);
  const over = new AbortController();
  const groups = groupBySource(parts).map(async (group) => {
    try {
      for (const one of group) {
        await fetchPart(one, tools, over.signal);
      }
    } catch (error) {
      // The branch cannot be written: nobody has to ask for more.
      over.abort();
      throw error;
    }
  });
  const ends = await Promise.allSettled(groups);
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) {
    throw failed.reason;
  }
}

/** Each key has a rate limit of its own: their parts are fetched side by side, those of one key one after the other. */
function groupBySource(parts: readonly BegunPart[]): readonly (readonly BegunPart[])[] {
  const sources = new Set(parts.map(({ part }) => part.source));
  return [...sources].map((source) => parts.filter(({ part }) => part.source === source));
}

async function fetchPart(
  { part, found, batches }: BegunPart,
  tools: BackupTools,
  over: AbortSignal,
): Promise<void> {
  const { source, settings } = part;
  const options = { settings, onSecret: tools.onSecret };
  // A refused key: what this part has so far is not committed, the other parts go on.
  const onFailure = async (error: unknown) => {
    await batches.abandon();
    part.onFailure(error);
  };
  const fetching = fetchResources(source, found.choice.fetch, options);
  for await (const fetched of untilFailure(fetching, onFailure)) {
    if (over.aborted) {
      return;
    }
    tools.progress.step(fetched.ref.name);
    if (fetched.rendered === undefined) {
      await batches.fail(fetched.key, fetched.outcome);
    } else {
      await batches.add(fetched);
    }
  }
}

/** Ends where `items` fails; what goes wrong with whoever reads them is not caught. */
async function* untilFailure<T>(
  items: AsyncIterable<T>,
  onFailure: (error: unknown) => Promise<void>,
): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (error) {
    await onFailure(error);
  }
}

function openPart({ part, found }: SurveyedPart, batches: Batches, repository: Repository): PartBatches {
  const { wanted, inventory, refs, branch } = found;
  const { settings } = part;
  const facts = { backup: settings, layout: wanted.layout, inventory, refs };
  return batches.open(facts, branch, async (tree) =>
    adoptFiles(repository, await readPart(repository, tree, settings.directory), wanted),
  );
}

function describeStart({ inventory, choice, refs }: Survey): string {
  const { fetch, unverified } = choice;
  const names = inventory.workspaces.map(({ name }) => printable(name)).join(', ');
  const unseen = unverified === 0 ? '' : `, ${unverified} not looked at in this run`;
  return `${refs.length} resources in ${names || 'no workspace'}; ${fetch.length} to fetch${unseen}.`;
}
