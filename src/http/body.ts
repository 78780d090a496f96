/** Reads the body of an answer piece by piece, so that silence is noticed and nothing is held twice. */
import { MAX_BODY } from './http-error.ts';

/** @param onBytes hears of every piece that arrives. */
export async function readBytes(response: Response, onBytes: () => void): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body ?? []) {
    onBytes();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Decodes while reading: the bytes are free before the text is parsed (bodies reach 30 MB).
 * @throws TypeError when the body is not UTF-8: replacing what is broken would alter a backup unseen.
 */
export async function readText(response: Response, onBytes: () => void): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  for await (const chunk of response.body ?? []) {
    onBytes();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Reads the beginning of an error's body, as much as the error keeps, and drops the rest with its connection. */
export async function readErrorText(response: Response, onBytes: () => void): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    onBytes();
    text += decoder.decode(chunk, { stream: true });
    if (text.length >= MAX_BODY) {
      break;
    }
  }
  return text;
}
