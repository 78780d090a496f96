/** The configuration file as JSON Schema, for editors; made from the schemas that read it, by the build. */
import * as z from 'zod';
import { backupSettings, runFileSettings, type Setting } from './settings.ts';

/**
 * Draft 7: the newest that yaml-language-server reads in every version in use
 * (https://github.com/redhat-developer/yaml-language-server: "Supports JSON Schema 7 and below").
 */
export function describeConfigFile(): object {
  const backup = z.strictObject(shapeOf(backupSettings)).meta({ id: 'backup' });
  const file = z
    .strictObject({
      ...shapeOf(runFileSettings),
      defaults: backup.nullable().optional().describe('What holds for each entry of `backups`.'),
      backups: z
        .array(backup)
        .min(1)
        .nullable()
        .optional()
        .describe('One entry a backup. Not given: one backup of everything the key can see.'),
      branches: z
        .record(z.string(), backup.omit({ branch: true }).required({ workspace: true }))
        .nullable()
        .optional()
        .describe(
          'Branches that are tied to workspaces of their own: what `backup` brings there, and `push` back.',
        ),
    })
    .meta({ title: 'Configuration of postman-gitlab' });
  return z.toJSONSchema(file, { io: 'input', target: 'draft-7' });
}

/** A key without a value is not given, but in an editor it is most often unfinished: the schema refuses it. */
function shapeOf(settings: Readonly<Record<string, Setting>>): Record<string, z.ZodType> {
  const shape: Record<string, z.ZodType> = {};
  for (const [name, setting] of Object.entries(settings)) {
    shape[name] = setting.schema.optional().describe(describeSetting(setting));
  }
  return shape;
}

function describeSetting({ type, help, fallback }: Setting): string {
  const sentence = `${help.charAt(0).toUpperCase()}${help.slice(1)}.`;
  const list = type === 'list' ? ' One value or a list.' : '';
  return `${sentence}${list}${fallback === undefined ? '' : ` Default: ${fallback}.`}`;
}
