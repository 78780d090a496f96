/** Reads merge requests as GitLab's API shows them. */
import * as z from 'zod';
import type { MergeRequest } from '../model.ts';

const People = z.array(z.looseObject({ username: z.string() })).catch([]);
const Shown = z.looseObject({
  iid: z.number(),
  web_url: z.string(),
  state: z.string(),
  title: z.string().catch(''),
  description: z.string().nullish().catch(''),
  sha: z.string().nullish(),
  source_project_id: z.number().nullish(),
  target_project_id: z.number().nullish(),
  has_conflicts: z.boolean().catch(false),
  merge_when_pipeline_succeeds: z.boolean().catch(false),
  reviewers: People,
  assignees: People,
});

/** Only those of the project itself: a fork may have a branch of the same name. */
export function readMergeRequests(listed: unknown): readonly MergeRequest[] {
  const own = (one: z.infer<typeof Shown>) => one.source_project_id === one.target_project_id;
  return z.array(Shown).parse(listed).filter(own).map(toMergeRequest);
}

export function readMergeRequest(shown: unknown): MergeRequest {
  return toMergeRequest(Shown.parse(shown));
}

function toMergeRequest(shown: z.infer<typeof Shown>): MergeRequest {
  return {
    iid: shown.iid,
    url: shown.web_url,
    // `locked`: it is being merged.
    state: shown.state === 'merged' || shown.state === 'closed' ? shown.state : 'opened',
    title: shown.title,
    description: shown.description ?? '',
    hasConflicts: shown.has_conflicts,
    autoMerge: shown.merge_when_pipeline_succeeds,
    reviewers: shown.reviewers.map(({ username }) => username),
    assignees: shown.assignees.map(({ username }) => username),
    ...(shown.sha ? { sha: shown.sha } : {}),
  };
}
