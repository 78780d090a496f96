/** Runs a program to its end: how long it took, and the most memory that it and what it started held together. */

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';

const SAMPLE_MS = 20;
const KILOBYTE = 1024;

/**
 * @param {readonly string[]} command
 * @param {{ cwd: string, env?: Record<string, string> }} options
 * @returns {Promise<{ seconds: number, peakMB: number, exitCode: number | null, output: string }>}
 */
export async function measure([file, ...args], { cwd, env = {} }) {
  const began = performance.now();
  const child = spawn(file, args, {
    cwd,
    env: { ...surroundings(cwd), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      output += data;
    });
  }
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, residentBytes(child.pid));
  }, SAMPLE_MS);
  const exitCode = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  clearInterval(timer);
  return { seconds: (performance.now() - began) / 1000, peakMB: peak / 1e6, exitCode, output };
}

/** Nothing of the job, the proxy or the git settings that the benchmark may run in. */
function surroundings(home) {
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    TMPDIR: tmpdir(),
    GIT_CONFIG_NOSYSTEM: '1',
    LC_ALL: 'C.UTF-8',
  };
}

/** Of the process and everything below it, in bytes; what the kernel noted as its own peak counts for the first. */
function residentBytes(pid) {
  const below = children(pid).map((child) => treeBytes(child, commandLine(pid)));
  const own = below.length === 0 ? 'VmHWM' : 'VmRSS';
  return sum([statusBytes(pid, own), ...below]);
}

/** A process that has been forked and not yet become another program shares the memory of its parent. */
function treeBytes(pid, parentCommand) {
  const command = commandLine(pid);
  const own = command === parentCommand ? 0 : statusBytes(pid, 'VmRSS');
  return sum([own, ...children(pid).map((child) => treeBytes(child, command))]);
}

function children(pid) {
  return read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean);
}

function commandLine(pid) {
  return read(`/proc/${pid}/cmdline`);
}

function statusBytes(pid, field) {
  const kilobytes = new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(read(`/proc/${pid}/status`))?.[1];
  return Number(kilobytes ?? 0) * KILOBYTE;
}

/** Empty when the process has just ended. */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function sum(numbers) {
  return numbers.reduce((total, one) => total + one, 0);
}
