/** Given values become typed values: each setting's own schema decides. */
import type * as z from 'zod';
import { didYouMean } from '../nearest.ts';
import { printable } from '../printable.ts';
import { kindWords } from './kinds.ts';
import { type Given, type Layer, placeOf } from './layer.ts';
import { located, type Problems } from './problems.ts';
import {
  type backupSettings,
  type restoreSettings,
  type runSettings,
  type SettingName,
  settings,
  type verifySettings,
} from './settings.ts';

type AllSettings = typeof backupSettings &
  typeof runSettings &
  typeof restoreSettings &
  typeof verifySettings;

/** What was given, by setting; absent when nobody said anything, or nothing that can be read. */
export type Values = {
  readonly [Name in keyof AllSettings]?: z.output<AllSettings[Name]['schema']>;
};

/** What somebody asked for, and where. */
export type Asked = {
  readonly values: Values;
  readonly given: Layer;
};

export function readAsked(given: Layer, problems: Problems): Asked {
  const values: Record<string, unknown> = {};
  for (const [name, one] of given) {
    const parsed = settings[name].schema.safeParse(one.value);
    if (parsed.success) {
      values[name] = parsed.data;
    } else {
      complain(name, one, (problem, index) => problems.add(located(placeOf(given, name, index), problem)));
    }
  }
  return { values, given };
}

/** Whether nothing is known of it because what was given cannot be read: then nothing follows from it. */
export function isUnreadable({ values, given }: Asked, name: keyof Values): boolean {
  return given.has(name) && values[name] === undefined;
}

/** An item of a list is told by its own place. */
function complain(name: SettingName, { value }: Given, add: (problem: string, index?: number) => void): void {
  const { item } = settings[name];
  if (item === undefined || !Array.isArray(value)) {
    add(describeMisfit(name, value));
    return;
  }
  for (const [index, one] of value.entries()) {
    if (!item.safeParse(one).success) {
      add(describeMisfit(name, one), index);
    }
  }
}

function describeMisfit(name: SettingName, value: unknown): string {
  const { expected, options = [] } = settings[name];
  if (name === 'kinds' && typeof value === 'string') {
    return describeUnknownKinds(value, options);
  }
  const near = typeof value === 'string' && value !== '' ? didYouMean(value, options) : '';
  return `\`${name}\` must be ${expected}.${near}`;
}

function describeUnknownKinds(item: string, words: readonly string[]): string {
  const unknown = kindWords(item).filter((word) => !words.includes(word));
  const shown = unknown.map((word) => `"${printable(word)}"`).join(', ');
  const near = unknown.flatMap((word) => (word === '' ? [] : didYouMean(word, words)));
  return `\`kinds\`: there is no kind ${shown}, only ${words.join(', ')}.${near.join('')}`;
}
