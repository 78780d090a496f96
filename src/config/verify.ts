/** What the command `verify` is to look at. A Postman key is no must. */
import type { AllowedSecret } from '../model.ts';
import { resolveBackupRepository } from './backup-repository.ts';
import { readCiEnvironment } from './ci-environment.ts';
import type { BackupConfig, Destination } from './config.ts';
import type { ResolveContext } from './context.ts';
import { readCredential } from './credentials.ts';
import { placeOf, unknownVariables } from './layer.ts';
import { type LoadInput, readLayers } from './load.ts';
import { resolveLength, resolveMoment, resolveStart } from './moments.ts';
import { resolvePostman } from './postman-access.ts';
import { collectProblems, located } from './problems.ts';
import { resolveAllowSecrets, resolveDirectory } from './rules.ts';
import { settings } from './settings.ts';
import { type Asked, readAsked } from './values.ts';

export type VerifyConfig = {
  /** At least one. */
  readonly targets: readonly VerifyTarget[];
  /** What was there by then. */
  readonly at?: Date;
  /** Commits of that moment and later are verified, too. */
  readonly since?: Date;
  readonly drill: boolean;
  /** Milliseconds. */
  readonly maxAge?: number;
  readonly reportDirectory: string;
  readonly warnings: readonly string[];
  /** Every credential that was read, for the mask. */
  readonly secrets: readonly string[];
};

/** Where backups lie, and what they are compared with. */
export type VerifyTarget = {
  readonly repository: Destination;
  /** Branch, tag or commit; absent: the repository's default branch. */
  readonly ref?: string;
  /** Of one backup; absent: all that are there. */
  readonly directory?: string;
  readonly allowSecrets: readonly AllowedSecret[];
  /** Absent: there is no key, and the repository alone is verified. */
  readonly postman?: BackupConfig['postman'];
};

/** The names of the flags that `verify` shares with other commands. */
export const SHARED_WITH_VERIFY = [
  ...(['ref', 'at', 'config', 'project', 'repository', 'directory'] as const),
  ...(['region', 'api-key-variable', 'token-variable', 'report-dir'] as const),
] as const;

/** @throws KnownError with every problem that was found. */
export function loadVerifyConfig({ now, ...input }: LoadInput & { readonly now: () => Date }): VerifyConfig {
  const problems = collectProblems();
  const { env, readFile } = input;
  const ci = readCiEnvironment(env);
  const { run, entries, isSelected } = readLayers(input, problems);
  const context: ResolveContext = { env, ci, readFile, run, problems };
  const at = resolveMoment('at', run, problems);
  const since = resolveStart('since', run, problems, now());
  const maxAge = resolveLength('max-age', run, problems);
  const targets = entries.map((entry) =>
    resolveTarget(readAsked(entry.settings, problems), { ...context, isSelected }),
  );
  problems.throwIfAny();
  const secrets = [ci.jobToken, ...targets.flatMap(credentialsOf)];
  return {
    targets: withoutRepeated(targets),
    ...(at === undefined ? {} : { at }),
    ...(since === undefined ? {} : { since }),
    drill: run.values.drill ?? false,
    ...(maxAge === undefined ? {} : { maxAge }),
    reportDirectory: run.values['report-dir'] ?? String(settings['report-dir'].fallback),
    warnings: unknownVariables(env),
    secrets: secrets.filter((secret): secret is string => Boolean(secret)),
  };
}

type TargetContext = ResolveContext & {
  /** Whether somebody said what is backed up. */
  readonly isSelected: boolean;
};

function resolveTarget(asked: Asked, context: TargetContext): VerifyTarget {
  const { run, problems, isSelected } = context;
  const ref = run.values.ref ?? asked.values.branch;
  const isNamed = isSelected || asked.values.directory !== undefined;
  const postman = resolveKey(asked, context);
  return {
    repository: resolveBackupRepository(asked, context),
    ...(ref === undefined ? {} : { ref }),
    ...(isNamed ? { directory: resolveDirectory(asked, problems) } : {}),
    allowSecrets: resolveAllowSecrets(asked, problems),
    ...(postman === undefined ? {} : { postman }),
  };
}

/** Nobody who names a variable, or wants a drill, wants the comparison left out without a word. */
function resolveKey(asked: Asked, context: ResolveContext): VerifyTarget['postman'] {
  const { values } = asked;
  const { env, readFile, problems, run } = context;
  const variable = values['api-key-variable'];
  const key = problems.attempt(() => readCredential(variable ?? 'POSTMAN_API_KEY', env, readFile));
  if (key !== undefined || variable !== undefined) {
    return resolvePostman(asked, context);
  }
  if (run.values.drill === true) {
    problems.add(located(placeOf(run.given, 'drill'), 'A drill needs a Postman API key in POSTMAN_API_KEY.'));
  }
  return undefined;
}

/** Several entries may go to one directory. */
function withoutRepeated(targets: readonly VerifyTarget[]): readonly VerifyTarget[] {
  const known = new Map(
    targets.map((one) => [JSON.stringify([one.repository, one.ref, one.directory]), one] as const),
  );
  return [...known.values()];
}

function credentialsOf({ repository, postman }: VerifyTarget): readonly (string | undefined)[] {
  return [postman?.apiKey, repository.type === 'api' ? repository.token : repository.jobToken];
}
