/** The loopback GitLab as a process of its own: it starts git again and again, which takes a small process a tenth of the time. */
import { git } from '../loopback/gitlab/git.ts';
import { startLoopbackGitLab } from '../loopback/gitlab/server.ts';
import type { Question, Reply } from './gitlab-host.ts';

const gitlab = await startLoopbackGitLab();

process.on('message', (question: Question) => {
  answer(question).then(
    (value) => send({ number: question.number, value }),
    (error: unknown) => send({ number: question.number, error: String(error) }),
  );
});
process.on('disconnect', () => {
  void gitlab.close();
});
send({ number: 0, value: gitlab.url });

async function answer(question: Question): Promise<string> {
  switch (question.ask) {
    case 'project': {
      const { id, repositoryDir } = await gitlab.createProject({
        path: question.path,
        jobTokenPushAllowed: true,
      });
      return `${id} ${repositoryDir}`;
    }
    case 'token':
      return gitlab.createToken({ scopes: ['api'], role: 'developer', projects: [question.path] });
    case 'job token':
      return gitlab.createJobToken({ project: question.path });
    case 'git':
      return (await git(question.args, { cwd: question.cwd })).toString();
  }
}

function send(reply: Reply): void {
  process.send?.(reply);
}
