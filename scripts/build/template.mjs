/**
 * Puts the program into a component: GitLab hands on the template and no other file of its project, so the
 * program travels inside, in the here-document that is the last thing of the job.
 */
import { createHash } from 'node:crypto';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

const PLACEHOLDERS = /^( +)(\w+) SHA256 <<'PROGRAM'\n +BASE64\n +PROGRAM\n$/m;
const EMBEDDED = /^ +\w+ [0-9a-f]{64} <<'PROGRAM'\n([\sA-Za-z0-9+/=]+)\n +PROGRAM\n$/m;

/**
 * @param options.name of the template's file
 * @param options.source the readable template, with placeholders
 * @param options.program the program's text
 * @param options.previous the template built before; its encoded program is kept while that decodes to the same
 *   bytes, because another Node.js may compress differently
 */
export function embedProgram({ name, source, program, previous }) {
  if (!PLACEHOLDERS.test(source)) {
    throw new Error('The template does not end with the placeholders.');
  }
  const sha256 = createHash('sha256').update(program).digest('hex');
  const encoded = keepEncoded(previous, program) ?? encode(program);

  const template = source.replace(PLACEHOLDERS, (_, indent, run) => {
    const lines = [`${run} ${sha256} <<'PROGRAM'`, ...encoded.match(/.{1,76}/g), 'PROGRAM'];
    return lines.map((line) => `${indent}${line}\n`).join('');
  });
  return `# Generated from templates-source/${name} by \`npm run build\`.\n${template}`;
}

/** @returns the number of characters that the encoded program takes in `template`, without indentation. */
export function encodedSize(template) {
  return readEncoded(template)?.length ?? 0;
}

function readEncoded(template) {
  return EMBEDDED.exec(template)?.[1]?.replace(/\s/g, '');
}

function keepEncoded(template, program) {
  const encoded = template === undefined ? undefined : readEncoded(template);
  if (encoded === undefined) {
    return undefined;
  }
  try {
    const decoded = brotliDecompressSync(Buffer.from(encoded, 'base64'));
    return decoded.equals(Buffer.from(program)) ? encoded : undefined;
  } catch {
    return undefined; // damaged: encoded anew
  }
}

function encode(program) {
  const bytes = Buffer.from(program);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return brotliCompressSync(bytes, { params }).toString('base64');
}
