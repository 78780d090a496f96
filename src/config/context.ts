/** What the rules need to know besides the settings of one backup. */
import type { CiEnvironment, Env } from './ci-environment.ts';
import type { ReadFile } from './credentials.ts';
import type { Problems } from './problems.ts';
import type { Asked } from './values.ts';

export type ResolveContext = {
  readonly env: Env;
  readonly ci: CiEnvironment;
  readonly readFile: ReadFile;
  /** Settings of the run. */
  readonly run: Asked;
  readonly problems: Problems;
};
