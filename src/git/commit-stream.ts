/** One commit in the language of `git fast-import`, which needs no blob and no working copy of what was there. */

import type { Action, CommitAuthor } from '../model.ts';
import { quotePath } from './quote-path.ts';

export type NewCommit = {
  /** Full name of the reference that fast-import moves. */
  readonly ref: string;
  /** Absent for the first commit of a repository. */
  readonly parent?: string;
  readonly author: CommitAuthor;
  readonly committer: CommitAuthor;
  readonly date: Date;
  readonly message: string;
  readonly actions: readonly Action[];
};

/** @returns the stream, in pieces; git answers it with the id of the commit. */
export function* commitStream(commit: NewCommit): Generator<string | Buffer> {
  yield 'feature done\n';
  yield `commit ${commit.ref}\nmark :1\n`;
  yield `author ${describePerson(commit.author, commit.date)}\n`;
  yield `committer ${describePerson(commit.committer, commit.date)}\n`;
  yield* dataBlock(Buffer.from(commit.message));
  if (commit.parent !== undefined) {
    yield `from ${commit.parent}\n`;
  }
  for (const action of commit.actions) {
    yield* actionLines(action);
  }
  yield '\nget-mark :1\ndone\n';
}

function* actionLines(action: Action): Generator<string | Buffer> {
  switch (action.action) {
    case 'create':
    case 'update':
      yield* writeFile(action.path, action.content);
      return;
    case 'move':
      yield `R ${quotePath(action.previousPath)} ${quotePath(action.path)}\n`;
      if (action.content !== undefined) {
        yield* writeFile(action.path, action.content);
      }
      return;
    case 'delete':
      yield `D ${quotePath(action.path)}\n`;
      return;
  }
}

function* writeFile(path: string, content: Buffer): Generator<string | Buffer> {
  yield `M 100644 inline ${quotePath(path)}\n`;
  yield* dataBlock(content);
}

function* dataBlock(content: Buffer): Generator<string | Buffer> {
  yield `data ${content.length}\n`;
  yield content;
  yield '\n';
}

function describePerson(person: CommitAuthor, date: Date): string {
  const email = harmless(person.email).replaceAll(' ', '');
  // fsck, which GitLab runs on what it receives, refuses a person without a name (missingNameBeforeEmail).
  const name = harmless(person.name) || email || 'unknown';
  return `${name} <${email}> ${Math.floor(date.getTime() / 1000)} +0000`;
}

// The angle brackets and the newline are the grammar of this line.
function harmless(text: string): string {
  return text.replace(/[\p{Cc}<>]+/gu, ' ').trim();
}
