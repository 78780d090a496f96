/** Somebody else who writes to the same branch, past every server. */
import { git } from '../loopback/gitlab/git.ts';

const BRANCH = 'refs/heads/main';

/**
 * Commits on top of the branch, or of another commit, to which the branch is then forced.
 * @param files path → content; `null` deletes.
 * @returns the commit's id.
 */
export async function commitAsSomebody(
  repository: string,
  files: Readonly<Record<string, string | null>>,
  onto: string = BRANCH,
): Promise<string> {
  const ask = async (...args: string[]) => (await git(args, { cwd: repository })).toString().trim();
  const parent = await ask('rev-parse', onto);
  const before = await ask('rev-parse', BRANCH);
  const ref = 'refs/loopback/somebody';
  const changes = Object.entries(files).flatMap(([path, content]) =>
    content === null
      ? [`D ${JSON.stringify(path)}`]
      : [`M 100644 inline ${JSON.stringify(path)}`, `data ${Buffer.byteLength(content)}\n${content}`],
  );
  const lines = [
    `commit ${ref}`,
    'committer Somebody <somebody@example.com> 1767225600 +0000',
    'data 9\nBy hand.\n',
    `from ${parent}`,
    ...changes,
    '',
  ];
  await git(['fast-import', '--quiet', '--force'], { cwd: repository, input: Buffer.from(lines.join('\n')) });
  const commit = await ask('rev-parse', ref);
  await ask('update-ref', BRANCH, commit, before);
  await ask('update-ref', '-d', ref);
  return commit;
}
