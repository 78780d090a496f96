/** The environment of the demo's child processes: the user's, without what would lead them elsewhere. */

// Settings of the program, the CI job that the demo may run in, a repository that git is working on, a proxy.
const FOREIGN =
  /^(CI|CI_.*|GITLAB_.*|POSTMAN_.*|GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX)|(https?|all|no)_proxy)$/i;

/** @returns {Record<string, string | undefined>} */
export function ownEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name)));
}
