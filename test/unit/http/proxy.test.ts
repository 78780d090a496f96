/** A proxy that Node would pass by is an error, named before anything is sent. */
import { describe, expect, test } from 'vitest';
import { KnownError } from '../../../src/errors.ts';
import { assertProxyHonoured } from '../../../src/http/proxy.ts';

const proxy = 'http://user:pa55word@proxy.test:3128';
const target = 'https://api.example.test';

type Check = {
  env: Record<string, string>;
  nodeVersion?: string;
  execArgv?: string[];
  targets?: string[];
};

function check({ env, nodeVersion = 'v20.20.2', execArgv = [], targets = [target] }: Check): unknown {
  try {
    assertProxyHonoured({ env, nodeVersion, execArgv, targets });
    return 'honoured';
  } catch (error) {
    return error;
  }
}

describe('assertProxyHonoured', () => {
  test.each(['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'])(
    'refuses %s on a Node that ignores it, without showing its value',
    (name) => {
      const error = check({ env: { [name]: proxy } });
      expect(error).toBeInstanceOf(KnownError);
      expect(error).toMatchObject({ code: 'PROXY_IGNORED', message: expect.stringContaining(name) });
      expect(JSON.stringify(error) + String(error)).not.toMatch(/pa55word|proxy\.test/);
    },
  );

  test('names the Node version and the way out', () => {
    expect(check({ env: { HTTPS_PROXY: proxy } })).toMatchObject({
      message: expect.stringContaining('v20.20.2'),
      hint: 'Run it on Node 24 (or 22.21) with NODE_USE_ENV_PROXY=1, add api.example.test to NO_PROXY, or unset HTTPS_PROXY.',
    });
    expect(check({ env: { HTTPS_PROXY: proxy }, nodeVersion: 'v24.11.0' })).toMatchObject({
      hint: expect.stringMatching(/^Set NODE_USE_ENV_PROXY=1,/),
    });
  });

  test.each([
    ['v22.21.0', 'honoured'],
    ['v24.0.0', 'honoured'],
    ['v26.1.0', 'honoured'],
    ['v20.20.2', 'ignored'],
    ['v22.20.0', 'ignored'],
    ['v23.11.0', 'ignored'],
  ])('on Node %s with NODE_USE_ENV_PROXY=1 a proxy is %s', (nodeVersion, expected) => {
    const result = check({ env: { HTTPS_PROXY: proxy, NODE_USE_ENV_PROXY: '1' }, nodeVersion });
    expect(result === 'honoured' ? 'honoured' : 'ignored').toBe(expected);
  });

  test.each<[string, Check]>([
    ['the flag --use-env-proxy', { env: { HTTPS_PROXY: proxy }, execArgv: ['--use-env-proxy'] }],
    ['NODE_OPTIONS', { env: { HTTPS_PROXY: proxy, NODE_OPTIONS: '--no-warnings --use-env-proxy' } }],
  ])('accepts %s', (_title, options) => {
    expect(check({ ...options, nodeVersion: 'v24.11.0' })).toBe('honoured');
  });

  test('refuses ALL_PROXY on every Node, because none reads it', () => {
    const env = { ALL_PROXY: proxy, NODE_USE_ENV_PROXY: '1' };
    expect(check({ env, nodeVersion: 'v24.11.0' })).toMatchObject({
      code: 'PROXY_IGNORED',
      hint: expect.stringContaining('Name the proxy in HTTPS_PROXY'),
    });
  });

  test.each<[string, Check]>([
    ['no variable is set', { env: {} }],
    ['the variable is empty', { env: { HTTPS_PROXY: '' } }],
    ['the variable is for another protocol', { env: { HTTP_PROXY: proxy } }],
    ['there is no target', { env: { HTTPS_PROXY: proxy }, targets: [] }],
  ])('has nothing to say when %s', (_title, options) => {
    expect(check(options)).toBe('honoured');
  });

  test.each([
    ['api.example.test', target, true],
    ['API.Example.TEST', target, true],
    ['example.test', target, false],
    ['.example.test', target, true],
    ['*.example.test', target, true],
    ['.ample.test', target, false],
    ['*', target, true],
    ['other.test, api.example.test', target, true],
    ['other.test api.example.test', target, true],
    ['api.example.test:443', target, true],
    ['api.example.test:8443', target, false],
    ['localhost,127.0.0.1', 'http://127.0.0.1:8080/api', true],
    ['localhost', 'http://127.0.0.1:8080/api', false],
    ['::1', 'http://[::1]:8080/api', true],
    ['[::1]:8080', 'http://[::1]:8080/api', true],
    ['', target, false],
  ])('with NO_PROXY "%s" the target %s is exempt: %s', (noProxy, url, isExempt) => {
    const env = { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: noProxy };
    expect(check({ env, targets: [url] }) === 'honoured').toBe(isExempt);
  });

  test('looks at every target', () => {
    const env = { HTTPS_PROXY: proxy, NO_PROXY: 'api.example.test' };
    expect(check({ env, targets: [target, 'https://gitlab.example.test'] })).toMatchObject({
      message: expect.stringContaining('gitlab.example.test'),
    });
  });
});
