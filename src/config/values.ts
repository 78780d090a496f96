/** Given values become typed values: each setting's own schema decides. */
import type * as z from 'zod';
import type { Layer } from './layer.ts';
import type { Problems } from './load.ts';
import { type backupSettings, type runSettings, settings } from './settings.ts';

type AllSettings = typeof backupSettings & typeof runSettings;

/** What was given, by setting; absent when nobody said anything. */
export type Values = {
  readonly [Name in keyof AllSettings]?: z.output<AllSettings[Name]['schema']>;
};

export function readValues(layer: Layer, problems: Problems): Values {
  const values: Record<string, unknown> = {};
  for (const [name, { value, source }] of layer) {
    const parsed = settings[name].schema.safeParse(value);
    if (parsed.success) {
      values[name] = parsed.data;
    } else {
      problems.add(`${source}: ${expectation(name)}`);
    }
  }
  return values;
}

function expectation(name: keyof AllSettings): string {
  const setting: (typeof settings)[typeof name] & { options?: readonly string[] } = settings[name];
  switch (setting.type) {
    case 'choice':
      return `\`${name}\` must be one of ${(setting.options ?? []).join(', ')}.`;
    case 'integer':
      return `\`${name}\` must be a whole number, 0 or more.`;
    case 'boolean':
      return `\`${name}\` must be true or false.`;
    case 'list':
      return `\`${name}\` must be a text or a list of texts; put quotes around what looks like a number.`;
    case 'text':
      return `\`${name}\` must be a text; put quotes around what looks like a number.`;
  }
}
