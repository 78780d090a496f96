/** What the rules need to know besides the settings of one backup. */
import type { CiEnvironment, Env } from './ci-environment.ts';
import type { ReadFile } from './credentials.ts';
import type { Problems } from './problems.ts';
import type { Values } from './values.ts';

export type ResolveContext = {
  readonly env: Env;
  readonly ci: CiEnvironment;
  readonly readFile: ReadFile;
  /** Settings of the run. */
  readonly run: Values;
  readonly problems: Problems;
};
