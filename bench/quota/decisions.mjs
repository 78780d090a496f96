/** The program's own decisions, bundled from `src` at every start: what is simulated is what runs. */
import { fileURLToPath } from 'node:url';
import { loadSource } from '../../scripts/build/load-source.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

const ENTRY = `
  export { chooseFetches } from './src/plan/choose-fetches.ts';
  export { createBudget } from './src/commands/budget.ts';
  export { createPostmanSource } from './src/postman/source.ts';
  export { resolveKinds } from './src/config/kinds.ts';
  export { settings } from './src/config/settings.ts';
`;

/**
 * What decides; a test may hand over what it imported itself.
 * @typedef {{
 *   chooseFetches: typeof import('../../src/plan/choose-fetches.ts').chooseFetches,
 *   createBudget: typeof import('../../src/commands/budget.ts').createBudget,
 * }} Decisions
 */

/**
 * @typedef {Decisions & {
 *   createPostmanSource: typeof import('../../src/postman/source.ts').createPostmanSource,
 *   resolveKinds: typeof import('../../src/config/kinds.ts').resolveKinds,
 *   settings: typeof import('../../src/config/settings.ts').settings,
 * }} Program
 */

/** @returns {Promise<Program>} */
export function loadProgram() {
  return loadSource(root, ENTRY);
}
