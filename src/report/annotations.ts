/** annotations.json: links that GitLab shows on the job's page. */
import { printable } from '../printable.ts';
import { webAddress } from '../web-address.ts';
import type { BackupResult, Report } from './report.ts';

/** Section → links: docs.gitlab.com/ci/yaml/artifacts_reports, `artifacts:reports:annotations`. */
type Annotations = Readonly<Record<string, readonly Link[]>>;

type Link = { readonly external_link: { readonly label: string; readonly url: string } };

const SECTION = 'Postman backup';

// More would bury the rest of the page, and could come near the 80 KB that GitLab takes.
const MAX_LINKS = 20;

/**
 * @param report passed through `maskReport`.
 * @returns the merge requests that are open, then the commits, the latest first; nothing when there is nothing to open.
 */
export function annotate({ backups }: Report): Annotations {
  const requests = backups.flatMap(linkMergeRequest);
  const commits = backups.flatMap(linkCommits).reverse();
  // The backups of one branch share its commits.
  const links = new Map([...requests, ...commits].map((link) => [link.external_link.url, link]));
  return links.size === 0 ? {} : { [SECTION]: [...links.values()].slice(0, MAX_LINKS) };
}

function linkMergeRequest({ mergeRequest, destination }: BackupResult): Link[] {
  return mergeRequest?.iid === undefined || mergeRequest.state === 'closed'
    ? []
    : linkTo(`Merge request !${mergeRequest.iid} in ${destination}`, mergeRequest.url);
}

function linkCommits({ commits }: BackupResult): Link[] {
  return commits.flatMap(({ id, title, url }) => linkTo(`Commit ${id.slice(0, 8)}: ${title}`, url));
}

function linkTo(label: string, address: string | undefined): Link[] {
  const url = webAddress(address);
  return url === undefined ? [] : [{ external_link: { label: printable(label), url } }];
}
