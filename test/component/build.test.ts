/** The build puts the program into the component, and gives the same bytes on every machine. */
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { embedProgram } from '../../scripts/build/template.mjs';

const source = "job:\n  script:\n    - |\n      backup SHA256 <<'PROGRAM'\n      BASE64\n      PROGRAM\n";
const program = `console.log(${JSON.stringify('Smörgåsbord, '.repeat(40))});\n`;
const sha256 = /backup ([0-9a-f]{64})/;

describe('the program in the template', () => {
  it('decodes to the program, in lines that fit an editor', () => {
    const template = embedProgram({ name: 'x.yml', source, program, previous: undefined });

    expect(decode(template)).toBe(program);
    expect(Math.max(...template.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('stays as it was committed when another Node.js would compress it differently', () => {
    const committed = reencode(embedProgram({ name: 'x.yml', source, program, previous: undefined }));

    expect(committed).not.toBe(embedProgram({ name: 'x.yml', source, program, previous: undefined }));
    expect(embedProgram({ name: 'x.yml', source, program, previous: committed })).toBe(committed);
  });

  it('is replaced, with its checksum, when the program changed', () => {
    const committed = embedProgram({ name: 'x.yml', source, program, previous: undefined });

    const template = embedProgram({
      name: 'x.yml',
      source,
      program: `${program}// more\n`,
      previous: committed,
    });

    expect(decode(template)).toBe(`${program}// more\n`);
    expect(sha256.exec(template)?.[1]).not.toBe(sha256.exec(committed)?.[1]);
  });

  it('is written anew when the committed one is damaged', () => {
    const good = embedProgram({ name: 'x.yml', source, program, previous: undefined });
    const damaged = good.replace(/\n {6}[A-Za-z0-9+/]{4}/, '\n      AAAA');

    expect(damaged).not.toBe(good);
    expect(embedProgram({ name: 'x.yml', source, program, previous: damaged })).toBe(good);
  });

  it('must have a place in the source', () => {
    const without = { name: 'x.yml', source: 'job: {}\n', program, previous: undefined };
    expect(() => embedProgram(without)).toThrow('placeholders');
  });
});

function encoded(template: string): string {
  return template.split("<<'PROGRAM'\n")[1]?.split('PROGRAM')[0] ?? '';
}

function decode(template: string): string {
  return brotliDecompressSync(Buffer.from(encoded(template), 'base64')).toString();
}

function reencode(template: string): string {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 1 };
  const lines =
    brotliCompressSync(Buffer.from(program), { params })
      .toString('base64')
      .match(/.{1,76}/g) ?? [];
  return template.replace(encoded(template), `${lines.map((line) => `      ${line}\n`).join('')}      `);
}
