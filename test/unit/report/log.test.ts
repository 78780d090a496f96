import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLog } from '../../../src/report/log.ts';
import { createMask } from '../../../src/report/mask.ts';

function start({ sections = false, secret = 'top-secret-value' } = {}) {
  const written: string[] = [];
  const mask = createMask();
  mask.add(secret);
  let seconds = 1000;
  const log = createLog({
    write: (text) => written.push(text),
    mask,
    sections,
    now: () => new Date(seconds++ * 1000),
  });
  return { log, text: () => written.join('') };
}

describe('the log', () => {
  it('writes plain lines as they are, with their indentation', () => {
    const { log, text } = start();
    log.info('one\n  two\n\nthree');
    expect(text()).toBe('one\n  two\n\nthree\n');
  });

  it('marks warnings and errors and indents their other lines', () => {
    const { log, text } = start();
    log.warn('careful\nmore');
    log.error('wrong\n    deeper');
    expect(text()).toBe('! careful\n  more\n✖ wrong\n    deeper\n');
  });

  it('does not mark an error text that brings its own mark', () => {
    const { log, text } = start();
    log.error('✖ CODE  message');
    expect(text()).toBe('✖ CODE  message\n');
  });

  it('masks secrets, also one of several lines', () => {
    const { log, text } = start({ secret: 'first line\nsecond line' });
    log.info('key first line\nsecond line end');
    expect(text()).toBe('key [masked] end\n');
  });

  it('masks a secret that appears when a control character is taken out', () => {
    const { log, text } = start({ secret: 'pass phrase' });
    log.info('pass\u0007phrase');
    expect(text()).toBe('[masked]\n');
  });

  it('lets no text write an escape or forge a section', () => {
    const { log, text } = start({ sections: true });
    log.warn('\u001b[31mred\u001b[0Ksection_start:1:x\r\u001b[0K \u202eback');
    expect(text()).toBe('! [31mred [0Ksection_start:1:x [0K  back\n');
  });

  it('writes no control character but its own line ends, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (anything) => {
        const { log, text } = start();
        log.info(anything);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
        expect(text()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/u);
      }),
    );
  });

  it('writes sections in the form that GitLab reads', async () => {
    const { log, text } = start({ sections: true });
    const result = await log.section('Listing\u001b', async () => {
      log.info('inside');
      return 7;
    });
    expect(result).toBe(7);
    expect(text()).toBe(
      '\u001b[0Ksection_start:1000:postman_gitlab_1[collapsed=true]\r\u001b[0KListing\ninside\n' +
        '\u001b[0Ksection_end:1001:postman_gitlab_1\r\u001b[0K\n',
    );
  });

  it('ends a section whose work failed, and gives each its own name', async () => {
    const { log, text } = start({ sections: true });
    const failing = log.section('one', async () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await log.section('two', async () => undefined);
    expect(text().match(/section_\w+:\d+:\w+/gu)).toEqual([
      'section_start:1000:postman_gitlab_1',
      'section_end:1001:postman_gitlab_1',
      'section_start:1002:postman_gitlab_2',
      'section_end:1003:postman_gitlab_2',
    ]);
  });

  it('writes only the title where there are no sections', async () => {
    const { log, text } = start();
    await log.section('Listing', async () => undefined);
    expect(text()).toBe('Listing\n');
  });
});
