/** A backup that something stands in the way of, and what a person is told then. */
import { expect } from 'vitest';
import type { PostmanApiOptions } from '../../demo/postman-api/types.d.mts';
import type { ProjectOptions } from '../loopback/gitlab/create-project.ts';
import type { TokenOptions } from '../loopback/gitlab/create-token.ts';
import type { LoopbackGitLab } from '../loopback/gitlab/server.ts';
import type { Project } from '../loopback/gitlab/state.ts';
import { createProject, jobEnv } from './destinations.ts';
import { type Env, type Finished, makeFolder, run } from './program.ts';
import { startTeam, type Team } from './team.ts';

/** A backup that would work, laid over with what a test wants to be wrong. */
export type Refused = {
  readonly flags?: readonly string[];
  readonly env?: Env;
  readonly postman?: Partial<PostmanApiOptions>;
  readonly team?: (team: Team) => void;
  readonly project?: Partial<ProjectOptions>;
  readonly token?: Partial<TokenOptions>;
  /** The job token instead of an access token. */
  readonly jobToken?: true;
  readonly gitlab?: () => Promise<LoopbackGitLab>;
};

/** @param gitlab the one to use when `refused` brings none. */
export async function refuse(
  gitlab: LoopbackGitLab,
  refused: Refused,
): Promise<Finished & { readonly project: Project }> {
  const server = (await refused.gitlab?.()) ?? gitlab;
  const team = await startTeam(refused.postman);
  refused.team?.(team);
  const project = await createProject(server, refused.project);
  const credential: Env =
    refused.jobToken === true
      ? { CI_JOB_TOKEN: server.createJobToken({ project: project.path }) }
      : { GITLAB_TOKEN: server.createToken({ scopes: ['api'], role: 'developer', ...refused.token }) };
  const env = { ...team.env, ...jobEnv(server, project), ...credential, ...refused.env };
  const flags = refused.flags ?? ['--workspace', 'Payments'];
  return { ...(await run(['backup', ...flags], { folder: await makeFolder(), env })), project };
}

export type Expected = {
  readonly exit: number;
  readonly code: string;
  /** What a person has to find in the error. */
  readonly says: readonly (string | RegExp)[];
};

export function expectRefusal(finished: Finished, { exit, code, says }: Expected): void {
  expect(finished.exitCode, finished.stderr).toBe(exit);
  expect(finished.stderr).toContain(code);
  expect(finished.stderr).toMatch(/Fix /);
  for (const one of says) {
    expect(finished.stderr).toMatch(one instanceof RegExp ? one : plain(one));
  }
}

function plain(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
}
