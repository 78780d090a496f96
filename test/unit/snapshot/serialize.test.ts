/** Bytes and their id. */
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { blobId } from '../../../src/object-id.ts';
import { serialize } from '../../../src/snapshot/serialize.ts';

describe('the id of a file', () => {
  it.each(['', 'one line\n', 'é 🚀\r\n', '\0binary\0'])('is the one that git gives to %j', (text) => {
    const content = Buffer.from(text);
    const fromGit = execFileSync('git', ['hash-object', '--stdin'], { input: content, encoding: 'utf8' });
    expect(blobId(content)).toBe(fromGit.trim());
  });

  it('comes with the bytes', () => {
    const { content, id } = serialize({ name: 'Orders' });
    expect(id).toBe(blobId(content));
  });
});

describe('the order of keys', () => {
  it('is what a reader looks for first, then by code unit, whatever the locale', () => {
    const keys = Object.keys(
      JSON.parse(serialize({ ä: 0, z: 0, a: 0, Z: 0, name: 0, id: 0 }).content.toString()),
    );
    expect(keys).toEqual(['id', 'name', 'Z', 'a', 'z', 'ä']);
  });
});
