/** Given values become typed values: each setting's own schema decides. */
import type * as z from 'zod';
import type { Layer } from './layer.ts';
import type { Problems } from './problems.ts';
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
      problems.add(`${source}: \`${name}\` must be ${settings[name].expected}.`);
    }
  }
  return values;
}
