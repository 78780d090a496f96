/** The job's script: any shell, any user, any certificate authority and proxy, and only the released program. */
import { spawnSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { whenInstalled } from './installed.ts';
import { makeFolder, runScript, type Shell, writeCommand } from './run-script.ts';

const bash: Shell = ['/bin/bash'];
const busybox: Shell = ['busybox', 'sh'];

function describeScript(shell: Shell): void {
  it('runs the program once, with the command and without a stdin', async () => {
    const run = await runScript({ shell });

    expect(run.stderr).toBe('');
    expect(run).toMatchObject({ exitCode: 0, seen: { arguments: ['backup'], stdin: '' }, left: [] });
  });

  it('ends with the exit code of the program and leaves nothing behind', async () => {
    expect(await runScript({ shell, env: { STUB_EXIT: '25' } })).toMatchObject({ exitCode: 25, left: [] });
  });

  it('runs as another user whose home is read-only', async () => {
    const run = await runScript({ shell, as: asNobody() });

    expect(run).toMatchObject({ exitCode: 0, seen: { arguments: ['backup'] }, left: [] });
  });

  it('does not run a program that was tampered with', async () => {
    const run = await runScript({
      shell,
      change: (script) =>
        script.replace(/^backup ([0-9a-f])/m, (_, digit) => `backup ${digit === '0' ? '1' : '0'}`),
    });

    expect(run.exitCode).toBe(20);
    expect(run.stderr).toContain('not the released one');
    expect(run.seen).toBeUndefined();
    expect(run.left).toEqual([]);
  });

  it('does not run a program that was cut off', async () => {
    const run = await runScript({
      shell,
      change: (script) => script.replace(/.{9}\n.*\nPROGRAM$/m, '\nPROGRAM'),
    });

    expect(run).toMatchObject({ exitCode: 20, left: [] });
    expect(run.stderr).toContain('not the released one');
    expect(run.seen).toBeUndefined();
  });

  it('trusts the authorities of the runner, of the image and of the project at once, for Node.js and for git', async () => {
    const folder = await makeFolder();
    const env: Record<string, string> = {};
    for (const name of ['CI_SERVER_TLS_CA_FILE', 'NODE_EXTRA_CA_CERTS', 'GIT_SSL_CAINFO']) {
      env[name] = join(folder, name);
      await writeFile(env[name], `# from ${name}`); // no newline at the end, as variables have none
    }

    const { seen } = await runScript({ shell, env });

    const lines = seen?.nodeCertificates.split('\n') ?? [];
    for (const name of Object.keys(env)) {
      expect(lines).toContain(`# from ${name}`);
    }
    // git forgets its own list: the public authorities have to be in the file.
    expect(lines.filter((line) => line.includes('BEGIN CERTIFICATE')).length).toBeGreaterThan(50);
    expect(seen?.gitCertificates).toBe(seen?.nodeCertificates);
  });

  it('leaves certificates alone when there are none of its own', async () => {
    const { seen } = await runScript({ shell });

    expect(seen?.env).not.toHaveProperty('NODE_EXTRA_CA_CERTS');
    expect(seen?.env).not.toHaveProperty('GIT_SSL_CAINFO');
  });

  it.each(['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'])(
    'keeps GitLab off the proxy of %s, beside what is kept off already',
    async (name) => {
      const env = {
        [name]: 'http://proxy.example.com:3128',
        NO_PROXY: 'a.example.com',
        no_proxy: 'b.example.com',
      };

      const { seen } = await runScript({ shell, env });

      expect(seen?.env).toMatchObject({
        NODE_USE_ENV_PROXY: '1',
        NO_PROXY: 'a.example.com,b.example.com,gitlab.example.com',
        no_proxy: 'a.example.com,b.example.com,gitlab.example.com',
      });
    },
  );

  it('leaves NO_PROXY alone without a proxy', async () => {
    const { seen } = await runScript({ shell, env: { NO_PROXY: 'a.example.com' } });

    expect(seen?.env).toMatchObject({ NO_PROXY: 'a.example.com' });
    expect(seen?.env).not.toHaveProperty('no_proxy');
  });

  it('warns that a debug trace writes the keys into the log', async () => {
    const traced = await runScript({ shell, env: { CI_DEBUG_TRACE: 'true' } });
    const untraced = await runScript({ shell, env: { CI_DEBUG_TRACE: 'false' } });

    expect(traced).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('CI_DEBUG_TRACE') });
    expect(untraced).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('says what to do when the image has no Node.js', async () => {
    const run = await runScript({ shell: await absolute(shell), env: { PATH: await makeFolder() } });

    expect(run.exitCode).toBe(20);
    expect(run.stderr).toContain('no Node.js');
    expect(run.seen).toBeUndefined();
  });

  it('says what to do when the Node.js of the image is too old', async () => {
    const folder = await makeFolder();
    await writeCommand(
      join(folder, 'node'),
      `#!/bin/sh\nexec "${process.execPath}" "$1" "$(printf %s "$2" | sed 's/process.versions.node/"20.19.6"/g')"\n`,
    );

    const run = await runScript({ shell, env: { PATH: `${folder}:${process.env['PATH'] ?? ''}` } });

    expect(run.exitCode).toBe(20);
    expect(run.stderr).toContain('20.19.6 is too old');
    expect(run.seen).toBeUndefined();
  });
}

describe('the script in bash', () => describeScript(bash));

whenInstalled('busybox', 'the script in busybox sh', () => describeScript(busybox));

/** Somebody without rights, where this test may become one: as root, and where that user reaches Node.js. */
function asNobody(): readonly string[] {
  const command = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  const [setpriv, ...args] = command;
  if (setpriv === undefined) {
    return [];
  }
  return spawnSync(setpriv, [...args, process.execPath, '--version']).status === 0 ? command : [];
}

async function absolute([command, ...args]: Shell): Promise<Shell> {
  const folder = join(await makeFolder(), 'bin');
  await mkdir(folder);
  const path = spawnSync('/bin/sh', ['-c', `command -v ${command}`], { encoding: 'utf8' }).stdout.trim();
  await symlink(path, join(folder, command.split('/').at(-1) ?? command));
  return [join(folder, command.split('/').at(-1) ?? command), ...args];
}
