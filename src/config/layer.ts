/** One source of settings: the command line, the environment, or a part of the configuration file. */
import { didYouMean } from '../nearest.ts';
import { printable } from '../printable.ts';
import { type Setting, type SettingName, settingNames, settings } from './settings.ts';

const PREFIX = 'POSTMAN_GITLAB_';
// Read by the rules of the components' jobs, not by the program.
const FOR_RULES = ['SKIP', 'JOB'].map((name) => `${PREFIX}${name}`);

export type Given = {
  readonly value: unknown;
  /** Where a person finds it: `--branch`, `POSTMAN_GITLAB_BRANCH`, `.postman-gitlab.yml:4:5`. */
  readonly source: string;
  /** Where each item of a list stands, if it has a place of its own. */
  readonly items?: readonly string[];
};

export type Layer = ReadonlyMap<SettingName, Given>;

/**
 * @param index of an item of a list.
 * @returns where it was given; nothing for a default.
 */
export function placeOf(layer: Layer, name: SettingName, index?: number): string | undefined {
  const given = layer.get(name);
  return index === undefined ? given?.source : (given?.items?.[index] ?? given?.source);
}

/** @param flags setting name → what the command line gave for it; lists as arrays, all else as text. */
export function flagLayer(flags: Readonly<Partial<Record<SettingName, unknown>>>): Layer {
  const layer = new Map<SettingName, Given>();
  for (const name of settingNames) {
    const value = flags[name];
    if (value !== undefined) {
      layer.set(name, {
        value: typeof value === 'string' ? fromText(settings[name], value) : value,
        source: `--${name}`,
      });
    }
  }
  return layer;
}

/** `--max-removals` is `POSTMAN_GITLAB_MAX_REMOVALS`; an empty variable is not given. */
export function environmentLayer(env: Readonly<Record<string, string | undefined>>): Layer {
  const layer = new Map<SettingName, Given>();
  for (const name of settingNames) {
    const variable = variableOf(name);
    const value = fromText(settings[name], env[variable] ?? '');
    if (value !== '' && !(Array.isArray(value) && value.length === 0)) {
      layer.set(name, { value, source: variable });
    }
  }
  return layer;
}

/** @returns a warning for each variable that looks like a setting and is none: it would be overlooked. */
export function unknownVariables(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const known = [...settingNames.map(variableOf), ...FOR_RULES];
  return Object.keys(env)
    .filter((variable) => variable.startsWith(PREFIX) && !known.includes(variable))
    .map(
      (variable) =>
        `There is no setting for the variable ${printable(variable)}.${didYouMean(variable, known)}`,
    );
}

function variableOf(name: SettingName): string {
  return `${PREFIX}${name.toUpperCase().replaceAll('-', '_')}`;
}

/** What does not spell a value of the setting's type stays text, and the schema refuses it. */
function fromText({ type }: Setting, text: string): unknown {
  const trimmed = text.trim();
  switch (type) {
    case 'list':
      return listFromText(text);
    case 'integer':
      return /^\d+$/.test(trimmed) ? Number(trimmed) : trimmed;
    case 'boolean':
      return trimmed === 'true' || trimmed === 'false' ? trimmed === 'true' : trimmed;
    case 'text':
    case 'choice':
      return trimmed;
  }
}

/** A JSON array, as GitLab writes an array input into a variable, or one value a line. */
function listFromText(text: string): readonly unknown[] {
  if (text.trim().startsWith('[')) {
    try {
      // GitLab writes a list as Ruby's `inspect` does: JSON, but for `\#` where a brace, `$` or `@` follows.
      const value: unknown = JSON.parse(text.replace(/\\(.)/g, (pair, next) => (next === '#' ? next : pair)));
      if (Array.isArray(value)) {
        return value;
      }
    } catch {
      // A name may begin with a bracket: then it is one value a line.
    }
  }
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
