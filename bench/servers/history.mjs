/** Makes a repository's past for `git fast-import`: so many files that are somebody else's, in so many commits. */

const START = 1_700_000_000;

/** @param {{ files: number, commits: number }} size the files come with the first commit, each other one edits a file. */
export function makeHistory({ files, commits }) {
  const lines = [];
  for (let commit = 0; commit < commits; commit += 1) {
    lines.push(
      'commit refs/heads/main',
      `committer Mara <mara@example.com> ${START + commit} +0000`,
      ...data(`Commit ${commit}`),
    );
    const touched = commit === 0 ? [...Array(files).keys()] : [commit % files];
    for (const file of touched) {
      lines.push(
        `M 100644 inline ${pathOf(file)}`,
        ...data(`File ${file} as commit ${commit} left it.\n`.repeat(20)),
      );
    }
  }
  return Buffer.from(`${lines.join('\n')}\n`);
}

// Fifty files to a folder, as in a project that people keep.
function pathOf(file) {
  return `src/part-${Math.floor(file / 50)}/file-${file}.txt`;
}

function data(text) {
  return [`data ${Buffer.byteLength(text)}`, text];
}
