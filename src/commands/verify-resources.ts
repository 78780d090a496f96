/** Verifies each resource of a backup: reads it, rebuilds what Postman would get, and compares it with Postman. */
import { KnownError } from '../errors.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { AllowedSecret, RenderedResource } from '../model.ts';
import { type AskedPostman, judgeResource, type ReadResource } from '../plan/verify/judge-resource.ts';
import type { Progress } from '../report/progress.ts';
import { findMisfits } from '../snapshot/check-format.ts';
import { isAsWritten, parseBackup } from '../snapshot/parse-backup.ts';
import { parseResource } from '../snapshot/parse-resource.ts';
import { rebuildCopy } from '../snapshot/rebuild.ts';
import { renderNormalized } from '../snapshot/render.ts';
import { allowanceFor } from '../snapshot/secrets/allowance.ts';
import type { VerifiedResource } from '../verified.ts';
import { type Answer, askPostman } from './ask-postman.ts';
import { MAX_BYTES } from './compare-versions.ts';
import type { Source } from './ports.ts';
import type { Snapshot, SnapshotResource } from './read-snapshot.ts';

export type VerifyOptions = {
  /** Absent: the repository alone is verified. */
  readonly source?: Source;
  readonly allowSecrets: readonly AllowedSecret[];
  /** Hears every secret value that was found. */
  readonly onSecret: (value: string) => void;
  readonly progress: Progress;
};

export type Verified = {
  readonly resources: readonly VerifiedResource[];
  /** Why Postman could not be asked, as it was caught: what the repository holds was verified all the same. */
  readonly error?: unknown;
};

/** One resource is in memory at a time, on each side. @throws KnownError when the repository cannot be read. */
export async function verifyResources(snapshot: Snapshot, options: VerifyOptions): Promise<Verified> {
  const { resources } = snapshot;
  await snapshot.prefetch(resources);
  const postman = openAnswers(resources, options);
  const verified: VerifiedResource[] = [];
  options.progress.start('verifying', resources.length);
  try {
    for (const resource of resources) {
      const { read, value } = await readResource(resource, snapshot);
      const asked = await compareAnswer(resource, value, await postman.next(), options);
      verified.push(judgeResource(aboutOf(resource), read, asked));
      options.progress.step(resource.name);
    }
    // What it says at its end: that it gave nothing at all.
    await postman.next();
  } finally {
    options.progress.stop();
    await postman.close();
  }
  const error = postman.error();
  return { resources: verified, ...(error === undefined ? {} : { error }) };
}

function aboutOf({ kind, uuid, name, workspace, path }: SnapshotResource) {
  return { kind, uuid, name, workspace: workspace.name, path };
}

type Answers = {
  /** @returns what Postman says of the next resource; when it cannot be asked any more, that. */
  readonly next: () => Promise<Answer>;
  readonly error: () => unknown;
  readonly close: () => Promise<void>;
};

function openAnswers(resources: readonly SnapshotResource[], { source, ...options }: VerifyOptions): Answers {
  let error: unknown;
  let last: Answer = { state: 'unknown', why: 'there is no Postman API key' };
  const answers = source === undefined ? undefined : askPostman(resources, { source, ...options });
  return {
    next: async () => {
      if (answers === undefined || error !== undefined) {
        return last;
      }
      try {
        return (await answers.next()).value ?? last;
      } catch (failure) {
        if (!(failure instanceof KnownError) || failure.code === 'STOPPED') {
          throw failure;
        }
        error = failure;
        last = { state: 'unknown', why: failure.message };
        return last;
      }
    },
    error: () => error,
    close: async () => {
      await answers?.return();
    },
  };
}

/** Whatever is wrong with its files is a finding; that the repository cannot be read is not. */
export async function readResource(
  resource: SnapshotResource,
  { readFiles }: Pick<Snapshot, 'readFiles'>,
): Promise<{ readonly read: ReadResource; readonly value?: JsonObject }> {
  const contents = await readFiles(resource);
  try {
    const value = parseBackup(resource, contents);
    const { toFillIn } = rebuildCopy(resource.kind, value, {});
    const misfits = findMisfits(resource.kind, value);
    return { value, read: { isAsWritten: isAsWritten(resource, contents), toFillIn, misfits } };
  } catch (error) {
    return { read: describeProblem(error) };
  }
}

function describeProblem(error: unknown): ReadResource {
  if (error instanceof KnownError) {
    return { code: error.code, problem: error.message };
  }
  if (error instanceof RangeError) {
    return { code: 'BACKUP_UNREADABLE', problem: 'It is nested too deeply.' };
  }
  throw error;
}

async function compareAnswer(
  resource: SnapshotResource,
  value: JsonObject | undefined,
  answer: Answer,
  options: VerifyOptions,
): Promise<AskedPostman> {
  if (answer.state !== 'there') {
    return answer;
  }
  if (value === undefined) {
    return { state: 'unknown', why: 'its files cannot be read' };
  }
  if (resource.files.get('') === answer.rendered.id) {
    return { state: 'same' };
  }
  try {
    return await compareRendered(resource, value, answer, options);
  } catch (error) {
    if (error instanceof RangeError) {
      return { state: 'unknown', why: 'it is nested too deeply' };
    }
    throw error;
  }
}

/** In the form in which Postman's answer is: another layout, or secrets that were kept, are no difference. */
async function compareRendered(
  resource: SnapshotResource,
  value: JsonObject,
  { ref, rendered }: Extract<Answer, { state: 'there' }>,
  { allowSecrets, onSecret }: VerifyOptions,
): Promise<AskedPostman> {
  const rules = { layout: 'json', mode: 'redact', isAllowed: allowanceFor(ref, allowSecrets) } as const;
  const backup = await renderNormalized(resource.kind, value, rules);
  for (const secret of backup.secrets) {
    onSecret(secret);
  }
  if (backup.resource.id === rendered.id) {
    return { state: 'same' };
  }
  return {
    state: 'there',
    ...(ref.updatedAt === undefined ? {} : { changedAt: ref.updatedAt }),
    ...sidesOf(resource, backup.resource, rendered),
  };
}

function sidesOf({ kind }: SnapshotResource, backup: RenderedResource, postman: RenderedResource) {
  const isLarge = [backup, postman].some(
    ({ files }) => files.reduce((sum, { content }) => sum + content.length, 0) > MAX_BYTES,
  );
  const [before, after] = isLarge ? [] : [contentOf(kind, backup), contentOf(kind, postman)];
  return isObject(before) && isObject(after) ? { sides: { backup: before, postman: after } } : {};
}

function contentOf(kind: SnapshotResource['kind'], { files }: RenderedResource): unknown {
  return parseResource(kind, new Map(files.map(({ path, content }) => [path, content])));
}
