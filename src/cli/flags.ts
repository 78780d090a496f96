/** Settings as flags: the words, shapes and help of `src/config/settings.ts`. */
import { type Command, Option } from 'commander';
import type { Setting, SettingName } from '../config/settings.ts';

type Flags = Partial<Record<SettingName, unknown>>;

/** Adds a flag for each setting. @param action takes the settings' flags by name, and all flags by commander's names. */
export function addFlags(
  command: Command,
  settings: Readonly<Record<string, Setting>>,
  action: (flags: Flags, given: Readonly<Record<string, unknown>>) => Promise<void>,
): void {
  const options = Object.entries(settings).map(([name, setting]) => ({
    name,
    option: createOption(name, setting),
  }));
  command.addHelpText('after', HELP_END);
  for (const { option } of options) {
    command.addOption(option);
  }
  command.action(async (given: Readonly<Record<string, unknown>>) => {
    const flags = options.map(({ name, option }) => [name, given[option.attributeName()]]);
    await action(Object.fromEntries(flags), given);
  });
}

const HELP_END = `
Every flag is also a variable: --max-removals is POSTMAN_GITLAB_MAX_REMOVALS.
POSTMAN_API_KEY holds the Postman API key, GITLAB_TOKEN the GitLab token.`;

function createOption(name: string, setting: Setting): Option {
  const help =
    setting.fallback === undefined ? setting.help : `${setting.help} (default: ${setting.fallback})`;
  switch (setting.type) {
    case 'list':
      return new Option(`--${name} <value>`, `${help}; may be repeated`).argParser(
        (value: string, values: readonly string[] = []) => [...values, value],
      );
    case 'boolean':
      return new Option(`--${name} [true|false]`, help);
    case 'integer':
      return new Option(`--${name} <number>`, help);
    case 'choice':
    case 'text':
      return new Option(`--${name} <value>`, help);
  }
}
