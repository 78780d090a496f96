/** The command line: help, flags, variables, configuration file, and what goes where. */
import type { ChildProcess } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { git } from '../loopback/gitlab/git.ts';
import { makeFolder, run } from './program.ts';
import { startTeam } from './team.ts';

const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));

async function filesIn(folder: string, repository = 'backup.git'): Promise<readonly string[]> {
  const names = await git(['ls-tree', '-r', '-z', '--name-only', 'HEAD'], { cwd: join(folder, repository) });
  return names.toString().split('\0').filter(Boolean);
}

describe('the program', () => {
  it('tells its version, and its help, on stdout', async () => {
    const folder = await makeFolder();
    const [versionOnly, help, backupHelp] = await Promise.all([
      run(['--version'], { folder }),
      run(['--help'], { folder }),
      run(['backup', '--help'], { folder }),
    ]);

    expect(versionOnly).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
    expect(help).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('backup [options]') });
    expect(backupHelp).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('--max-removals <number>'),
    });
    expect(backupHelp.stdout).toContain('POSTMAN_GITLAB_MAX_REMOVALS');
  });

  it('does not mind a reader who stops reading', async () => {
    const folder = await makeFolder();
    const onStart = (child: ChildProcess) => void child.stdout?.destroy();
    expect(await run(['--help'], { folder, onStart })).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it.each([
    ['an unknown flag', ['backup', '--wrkspace', 'Payments'], 'Did you mean --workspace?'],
    ['an unknown command', ['bakup'], 'Did you mean backup?'],
    ['an argument too many', ['backup', 'Payments'], 'too many arguments'],
    ['a flag without its value', ['backup', '--workspace'], 'argument missing'],
    ['no command', [], 'No command was given.'],
  ])('refuses %s as a usage error', async (_, args, said) => {
    const { exitCode, stdout, stderr } = await run(args, { folder: await makeFolder() });

    expect(exitCode).toBe(20);
    expect(stdout).toBe('');
    expect(stderr).toContain('CONFIG_INVALID');
    expect(stderr).toContain(said);
    expect(stderr).toContain('--help` lists the flags');
  });
});

describe('a backup', () => {
  const toFolder = ['--repository', 'backup.git'];

  it('prints one JSON document on stdout with --json, and everything for people on stderr', async () => {
    const folder = await makeFolder();
    const { env } = await startTeam();

    const { stdout, stderr, report } = await run(['backup', '--json', ...toFolder], { folder, env });

    expect(JSON.parse(stdout)).toEqual(report);
    expect(report).toMatchObject({ status: 'changed', exitCode: 0, backups: [{ branch: 'main' }] });
    expect(stderr).toContain('added');
  });

  it('prints one JSON document and keeps it when the configuration is wrong, and prints nothing without --json', async () => {
    const folder = await makeFolder();

    const json = await run(['backup', '--json', '--removed', 'burn'], { folder });
    const plain = await run(['backup', '--removed', 'burn'], { folder });

    expect(JSON.parse(json.stdout)).toMatchObject({ exitCode: 20, error: { code: 'CONFIG_INVALID' } });
    expect(json.report).toEqual(JSON.parse(json.stdout));
    expect(json.stderr).toContain('`removed` must be one of keep, archive, delete');
    const unknown = await run(['backup', '--json', '--bogus'], { folder });
    expect(JSON.parse(unknown.stdout)).toMatchObject({ exitCode: 20, error: { code: 'CONFIG_INVALID' } });
    expect(plain).toMatchObject({ exitCode: 20, stdout: '' });
  });

  it('takes variables in place of flags, and a flag before a variable', async () => {
    const folder = await makeFolder();
    const team = await startTeam();
    const keyFile = join(folder, 'key');
    await writeFile(keyFile, `${team.env.POSTMAN_API_KEY}\n`);
    const env = {
      POSTMAN_API_URL: team.env.POSTMAN_API_URL,
      POSTMAN_API_KEY_FILE: keyFile,
      POSTMAN_GITLAB_REPOSITORY: 'backup.git',
      POSTMAN_GITLAB_WORKSPACE: ' ["Payments"]',
      POSTMAN_GITLAB_EXCLUDE: 'Ledger\nRefunds',
      POSTMAN_GITLAB_KINDS: '',
      POSTMAN_GITLAB_DIRECTORY: 'from the environment',
    };

    const { exitCode, stderr } = await run(['backup', '--directory', 'from the flag'], { folder, env });

    expect(exitCode, stderr).toBe(0);
    expect(stderr).not.toContain(team.env.POSTMAN_API_KEY);
    expect(await filesIn(folder)).toEqual([
      'from the flag/.postman-gitlab.json',
      'from the flag/Orders.postman_collection.json',
      'from the flag/Staging.postman_environment.json',
    ]);
  });

  it('does every backup of the configuration file, also after one that is wrong', async () => {
    const folder = await makeFolder();
    const { env } = await startTeam();
    const file = [
      'repository: backup.git',
      'defaults: { branch: main }',
      'backups:',
      '  - { workspace: Paymnets, directory: wrong }',
      '  - { workspace: Payments, collection: Orders, directory: one, filename: orders }',
      '  - { directory: all, kinds: [collections] }',
    ];
    await writeFile(join(folder, '.postman-gitlab.yml'), file.join('\n'));

    const { exitCode, stderr, report } = await run(['backup'], { folder, env });

    expect(exitCode).toBe(20);
    expect(stderr).toContain('WORKSPACE_NOT_FOUND');
    expect(report?.backups.map(({ directory }) => directory)).toEqual(['one', 'all']);
    expect(await filesIn(folder)).toEqual([
      'all/.postman-gitlab.json',
      'all/Payments/Ledger.postman_collection.json',
      'all/Payments/Orders.postman_collection.json',
      'all/Payments/Refunds.postman_collection.json',
      'one/.postman-gitlab.json',
      'one/orders.json',
    ]);
  });

  it('writes the report for machines and for people, and keeps the state', async () => {
    const folder = await makeFolder();
    const { env } = await startTeam();

    await run(['backup', '--report-dir', 'out/report', ...toFolder], { folder, env });

    const json = JSON.parse(await readFile(join(folder, 'out/report/report.json'), 'utf8'));
    expect(json.backups[0].outcomes).toHaveLength(4);
    const markdown = await readFile(join(folder, 'out/report/report.md'), 'utf8');
    expect(markdown).toContain('# Postman backup: changed');
    for (const name of ['Orders', 'Refunds', 'Ledger', 'Staging']) {
      expect(markdown).toContain(name);
    }
    const state = JSON.parse(await readFile(join(folder, '.postman-gitlab/state.json'), 'utf8'));
    expect(Object.values<object>(state.verifiedAt).map((times) => Object.keys(times).length)).toEqual([4]);
  });

  it('writes nothing but the report in a dry run', async () => {
    const folder = await makeFolder();
    const { env } = await startTeam();

    const { exitCode, report, stderr } = await run(['backup', '--dry-run', ...toFolder], { folder, env });

    expect(exitCode, stderr).toBe(0);
    expect(report).toMatchObject({ status: 'dry-run', backups: [{ commits: [] }] });
    expect(report?.backups[0]?.outcomes.map(({ status }) => status)).toEqual(Array(4).fill('changed'));
    await expect(filesIn(folder)).rejects.toThrow();
    await expect(readFile(join(folder, '.postman-gitlab/state.json'))).rejects.toThrow('ENOENT');
  });
});
