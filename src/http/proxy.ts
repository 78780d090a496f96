/** Refuses to start when a proxy is configured that this Node would silently pass by. */
import { KnownError } from '../errors.ts';

type ProxySituation = {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `process.version`. */
  readonly nodeVersion: string;
  readonly execArgv?: readonly string[];
  /** Addresses of the servers that will be called. */
  readonly targets: readonly string[];
};

/**
 * Node's fetch uses HTTP_PROXY, HTTPS_PROXY and NO_PROXY only when told so, from 22.21 and 24.0 on
 * (https://nodejs.org/api/cli.html#node_use_env_proxy1), and ALL_PROXY never.
 * @throws KnownError PROXY_IGNORED that names the variable; never its value, which may hold a password.
 */
export function assertProxyHonoured(situation: ProxySituation): void {
  const targets = situation.targets.map((target) => new URL(target));
  for (const target of targets) {
    const variable = proxyVariable(situation.env, target.protocol);
    if (variable === undefined || isExempt(situation.env, target)) {
      continue;
    }
    if (/^all_proxy$/i.test(variable)) {
      refuseAllProxy(variable, target);
    }
    if (!usesEnvProxy(situation)) {
      refuse(variable, target, situation.nodeVersion);
    }
  }
}

function refuse(variable: string, target: URL, nodeVersion: string): never {
  const what = supportsEnvProxy(nodeVersion)
    ? 'Set NODE_USE_ENV_PROXY=1'
    : 'Run it on Node 24 (or 22.21) with NODE_USE_ENV_PROXY=1';
  throw new KnownError(
    'PROXY_IGNORED',
    `${variable} is set, but this Node (${nodeVersion}) would call ${target.host} without the proxy.`,
    { hint: `${what}, add ${target.hostname} to NO_PROXY, or unset ${variable}.` },
  );
}

function refuseAllProxy(variable: string, target: URL): never {
  const proper = target.protocol === 'http:' ? 'HTTP_PROXY' : 'HTTPS_PROXY';
  throw new KnownError(
    'PROXY_IGNORED',
    `${variable} is set, but no version of Node uses it: ${target.host} would be called without the proxy.`,
    { hint: `Name the proxy in ${proper}, add ${target.hostname} to NO_PROXY, or unset ${variable}.` },
  );
}

function proxyVariable(env: ProxySituation['env'], protocol: string): string | undefined {
  const own = protocol === 'http:' ? ['http_proxy', 'HTTP_PROXY'] : ['https_proxy', 'HTTPS_PROXY'];
  return [...own, 'all_proxy', 'ALL_PROXY'].find((name) => env[name]);
}

function usesEnvProxy({ env, nodeVersion, execArgv = [] }: ProxySituation): boolean {
  const flags = [...execArgv, ...(env['NODE_OPTIONS'] ?? '').split(/\s+/)];
  const isTold = env['NODE_USE_ENV_PROXY'] === '1' || flags.includes('--use-env-proxy');
  return isTold && supportsEnvProxy(nodeVersion);
}

function supportsEnvProxy(nodeVersion: string): boolean {
  const [major = 0, minor = 0] = nodeVersion.replace(/^v/, '').split('.').map(Number);
  return major >= 24 || (major === 22 && minor >= 21);
}

/** As Node reads NO_PROXY: commas or spaces between; `host`, `.suffix`, `*.suffix`, each with a port or not; `*`. */
function isExempt(env: ProxySituation['env'], target: URL): boolean {
  const entries = (env['no_proxy'] || env['NO_PROXY'] || '').toLowerCase().split(/[\s,]+/);
  const host = bareHost(target.hostname);
  const port = target.port || (target.protocol === 'http:' ? '80' : '443');
  return entries.some((entry) => {
    if (entry === '' || entry === '*') {
      return entry === '*';
    }
    const [, name = entry, entryPort] = entry.match(/^(\[.*\]|[^:]*):(\d+)$/) ?? [];
    return (entryPort === undefined || entryPort === port) && matchesHost(host, bareHost(name));
  });
}

function matchesHost(host: string, name: string): boolean {
  const suffix = name.replace(/^\*/, '');
  return suffix.startsWith('.') ? host.endsWith(suffix) : host === name;
}

/** IPv6 addresses come with brackets in URLs, without them in NO_PROXY. */
function bareHost(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}
