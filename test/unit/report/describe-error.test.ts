import { describe, expect, it } from 'vitest';
import { KnownError } from '../../../src/errors.ts';
import { describeError } from '../../../src/report/describe-error.ts';

describe('an error in the log', () => {
  it('has a code, a message, a fix and a page', () => {
    const error = new KnownError('POSTMAN_KEY_REFUSED', 'Postman refused the API key (401 on GET /me).', {
      hint: 'Set `region` to `eu`.',
    });
    expect(describeError(error).split('\n')).toEqual([
      '✖ POSTMAN_KEY_REFUSED  Postman refused the API key (401 on GET /me).',
      '  Fix   Set `region` to `eu`.',
      '  More  docs/errors.md#postman_key_refused',
    ]);
  });

  it('keeps the lines of a message that collects several problems', () => {
    const error = new KnownError('CONFIG_INVALID', '2 problems\na.yml:1:2 no\na.yml:3:4 neither', {
      hint: 'x\ny',
    });
    expect(describeError(error).split('\n').slice(0, 5)).toEqual([
      '✖ CONFIG_INVALID  2 problems',
      '  a.yml:1:2 no',
      '  a.yml:3:4 neither',
      '  Fix   x',
      '        y',
    ]);
  });

  it('takes escapes out of a message', () => {
    expect(describeError(new KnownError('PARTIAL', 'a\u001b[2Jb'))).toContain('✖ PARTIAL  a [2Jb\n');
  });

  it('shows no cause', () => {
    const error = new KnownError('GITLAB_UNAVAILABLE', 'GitLab answered 502.', {
      cause: new Error('glpat-cause'),
    });
    expect(describeError(error)).not.toContain('glpat-cause');
  });
});

describe('a bug in the log', () => {
  it('shows its stack and asks for a report', () => {
    const lines = describeError(new TypeError('x is not a function')).split('\n');
    expect(lines[0]).toBe('✖ BUG  TypeError: x is not a function');
    expect(lines[1]).toMatch(/^ +at .*describe-error\.test\.ts/u);
    expect(lines.at(-1)).toMatch(/^ {2}Fix {3}This is a bug in this tool\. Please report it/u);
  });

  it('shows neither the cause nor the properties of a foreign error', () => {
    const cause = Object.assign(new Error('glpat-inner'), {
      request: { headers: { token: 'glpat-header' } },
    });
    const error = Object.assign(new Error('Request failed', { cause }), {
      options: { token: 'glpat-option' },
    });
    expect(describeError(error)).not.toContain('glpat');
  });

  it.each([[{ token: 'glpat-1' }], [undefined], [['glpat-1']]])(
    'says nothing of the content of a thrown %j',
    (thrown) => {
      expect(describeError(thrown)).toContain(`something that is no error was thrown (${typeof thrown})`);
      expect(describeError(thrown)).not.toContain('glpat');
    },
  );

  it('copes with an error without a stack', () => {
    const error = new RangeError('too far');
    delete error.stack;
    expect(describeError(error)).toContain('✖ BUG  RangeError: too far\n');
  });
});
