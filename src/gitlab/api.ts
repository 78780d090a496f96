/** What the bridge asks GitLab with: gitbeaker's classes, which build the paths, over our post room. */
import {
  Branches,
  Commits,
  MergeRequests,
  Projects,
  Repositories,
  RepositoryFiles,
  Users,
} from '@gitbeaker/core';
import type { HttpClient } from '../http/client.ts';
import { createPageRequester, createRequester } from './requester.ts';

export type Api = {
  readonly client: HttpClient;
  readonly branches: Branches;
  readonly commits: Commits;
  readonly mergeRequests: MergeRequests;
  readonly projects: Projects;
  readonly repositories: Repositories;
  /** For one list of many pages. */
  readonly openList: () => Repositories;
  readonly files: RepositoryFiles;
  readonly users: Users;
};

/** @param host address of GitLab, without `/api/v4`. */
export function createApi(client: HttpClient, host: string): Api {
  const resource = { requesterFn: createRequester(client), host };
  return {
    client,
    branches: new Branches(resource),
    commits: new Commits(resource),
    mergeRequests: new MergeRequests(resource),
    projects: new Projects(resource),
    repositories: new Repositories(resource),
    openList: () => new Repositories({ ...resource, requesterFn: createPageRequester(client) }),
    files: new RepositoryFiles(resource),
    users: new Users(resource),
  };
}
