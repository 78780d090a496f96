/** Texts that people read by themselves leave the YAML for files of their own, and a reference stays in their place. */
import { posix } from 'node:path';
import { isObject, type JsonObject, mapKey, mapObjects } from '../../json.ts';
import type { FolderFile } from '../kinds/kind-format.ts';
import { bodyEnding, DESCRIPTION, GRAPHQL, README_NAME, SCRIPTS } from './endings.ts';
import { reference } from './write-yaml.ts';

/** A value whose parts are being taken out, and what was taken. */
export type Parts = {
  readonly files: readonly FolderFile[];
  /** @returns what stands for the value: a reference, or the value itself when no file can hold it to the letter. */
  take(value: unknown, name: string): unknown;
};

/** @param folder where the files go, relative to the collection's own folder. */
export function createParts(folder: string): Parts {
  const files: FolderFile[] = [];
  const taken = new Set<string>();
  return {
    files,
    take(value, name) {
      const text = textIn(value);
      if (text === undefined || taken.has(name)) {
        return value;
      }
      taken.add(name);
      // The last newline is the file's and not the value's: editors and git want one.
      files.push({ path: posix.join(folder, name), content: `${text}\n` });
      return reference(typeof value === 'string' ? '!text' : '!lines', name);
    },
  };
}

/** Half of a character has no UTF-8, and a line that holds a newline would come back as two. */
function textIn(value: unknown): string | undefined {
  const isLines =
    Array.isArray(value) && value.every((line) => typeof line === 'string' && !line.includes('\n'));
  const text = isLines ? value.join('\n') : value;
  return typeof text === 'string' && text !== '' && text.isWellFormed() ? text : undefined;
}

/** @param stem of the folder's or the collection's own file. */
export function takeFolderParts(folder: JsonObject, stem: string, parts: Parts): JsonObject {
  return takeScripts(takeDescription(folder, README_NAME, parts), stem, parts);
}

export function takeRequestParts(item: JsonObject, stem: string, parts: Parts): JsonObject {
  const name = `${stem}${DESCRIPTION}`;
  const withRequest = mapObject(item, 'request', (request) =>
    mapObject(takeDescription(request, name, parts), 'body', (body) => takeBody(body, stem, parts)),
  );
  return takeScripts(takeDescription(withRequest, name, parts), stem, parts);
}

export function takeExampleParts(example: JsonObject, stem: string, parts: Parts): JsonObject {
  const ending = bodyEnding(example['_postman_previewlanguage'], example['body']);
  return mapKey(example, 'body', (body) => parts.take(body, `${stem}${ending}`));
}

/** A description is a text, or an object with the text as its `content`. */
export function takeDescription(object: JsonObject, name: string, parts: Parts): JsonObject {
  return mapKey(object, 'description', (description) =>
    isObject(description)
      ? mapKey(description, 'content', (content) => takeText(content, name, parts))
      : takeText(description, name, parts),
  );
}

function takeScripts(item: JsonObject, stem: string, parts: Parts): JsonObject {
  return mapKey(item, 'event', (events) =>
    mapObjects(events, (event) => {
      const ending = SCRIPTS.get(event['listen']);
      return ending === undefined
        ? event
        : mapObject(event, 'script', (script) =>
            mapKey(script, 'exec', (exec) => parts.take(exec, `${stem}${ending}`)),
          );
    }),
  );
}

function takeBody(body: JsonObject, stem: string, parts: Parts): JsonObject {
  const ending = bodyEnding(languageOf(body), body['raw']);
  const withoutRaw = mapKey(body, 'raw', (raw) => takeText(raw, `${stem}${ending}`, parts));
  return mapObject(withoutRaw, 'graphql', (graphql) =>
    mapKey(graphql, 'query', (query) => takeText(query, `${stem}${GRAPHQL}`, parts)),
  );
}

function languageOf({ options }: JsonObject): unknown {
  const raw = isObject(options) ? options['raw'] : undefined;
  return isObject(raw) ? raw['language'] : undefined;
}

/** Only scripts are lists of lines; a list in the place of another text is nothing that this program knows. */
function takeText(value: unknown, name: string, parts: Parts): unknown {
  return typeof value === 'string' ? parts.take(value, name) : value;
}

function mapObject(object: JsonObject, key: string, change: (value: JsonObject) => JsonObject): JsonObject {
  return mapKey(object, key, (value) => (isObject(value) ? change(value) : value));
}
