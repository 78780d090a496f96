/** Writes the configuration file's JSON Schema down, as the program's own code describes it. */
import { build } from 'esbuild';

/**
 * @param root the repository's folder
 * @returns the text of the schema
 */
export async function generateSchema(root) {
  const result = await build({
    absWorkingDir: root,
    entryPoints: ['src/config/file-schema.ts'],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  });
  const module = Buffer.from(result.outputFiles[0].contents).toString('base64');
  const { describeConfigFile } = await import(`data:text/javascript;base64,${module}`);
  return `${JSON.stringify(describeConfigFile(), null, 2)}\n`;
}
