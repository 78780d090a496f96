/** YAML that people may have edited becomes a value, its references replaced by what they stand for. */
import { parseDocument } from 'yaml';
import { isObject, type JsonObject } from '../../json.ts';
import type { Tag } from './write-yaml.ts';

const TAGS: readonly Tag[] = ['!text', '!lines', '!item'];

/**
 * @param resolve the value that a reference stands for; a text in place of it says why there is none.
 * @returns the value, or what is wrong with it.
 * @throws what `resolve` throws.
 */
export function readYaml(
  text: string,
  resolve: (tag: Tag, path: string) => { readonly value: unknown } | { readonly problem: string },
): { readonly value: JsonObject } | { readonly problem: string } {
  const failures: unknown[] = [];
  const parsed = parseDocument(text, {
    logLevel: 'error',
    customTags: TAGS.map((tag) => ({
      tag,
      resolve(path: string, onError: (message: string) => void) {
        try {
          const found = resolve(tag, path);
          if ('value' in found) {
            return found.value;
          }
          onError(found.problem);
        } catch (error) {
          // The parser would take it for a fault of this text.
          failures.push(error);
        }
        return undefined;
      },
    })),
  });
  if (failures.length > 0) {
    throw failures[0];
  }
  const [fault] = [...parsed.errors, ...parsed.warnings];
  if (fault !== undefined) {
    return { problem: fault.message.replace(/:?\s*\n[\s\S]*/, '') };
  }
  const value: unknown = parsed.toJS();
  return isObject(value) ? { value } : { problem: 'it has to hold keys with values (`name: …`)' };
}
