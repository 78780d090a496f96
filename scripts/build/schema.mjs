/** Writes the configuration file's JSON Schema down, as the program's own code describes it. */
import { loadSource } from './load-source.mjs';

/**
 * @param root the repository's folder
 * @returns the text of the schema
 */
export async function generateSchema(root) {
  const { describeConfigFile } = await loadSource(root, `export * from './src/config/file-schema.ts';`);
  return `${JSON.stringify(describeConfigFile(), null, 2)}\n`;
}
