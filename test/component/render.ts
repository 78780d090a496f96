/** Reads a component the way GitLab does: header and job apart, inputs put in where the job names them. */
import { readFile } from 'node:fs/promises';
import { parseAllDocuments } from 'yaml';
import * as z from 'zod';
import { embedProgram } from '../../scripts/build/template.mjs';

const Input = z.strictObject({
  description: z.string(),
  type: z.enum(['string', 'array']),
  default: z.union([z.string(), z.array(z.unknown())]),
  options: z.array(z.string()).optional(),
});
const Header = z.strictObject({ spec: z.strictObject({ inputs: z.record(z.string(), Input) }) });

const Job = z.looseObject({
  script: z.array(z.string()),
  variables: z.record(
    z.string(),
    z.union([z.string(), z.object({ value: z.string(), expand: z.literal(false) })]),
  ),
});

export type Component = {
  readonly inputs: Readonly<Record<string, z.infer<typeof Input>>>;
  /** The second document, inputs not put in yet. */
  readonly body: Readonly<Record<string, unknown>>;
};

/** @param program what the component carries instead of the real program. */
export async function readComponent(program: string, name = 'backup.yml'): Promise<Component> {
  const source = await readFile(new URL(`../../templates-source/${name}`, import.meta.url), 'utf8');
  const template = embedProgram({ name, source, program, previous: undefined });
  const [header, body, ...more] = parseAllDocuments(template);
  if (header === undefined || body === undefined || more.length > 0) {
    throw new Error('not two documents');
  }
  for (const document of [header, body]) {
    if (document.errors[0] !== undefined) {
      throw document.errors[0];
    }
  }
  return {
    inputs: Header.parse(header.toJS()).spec.inputs,
    body: z.record(z.string(), z.unknown()).parse(body.toJS()),
  };
}

/** @returns what GitLab makes of the component. */
export function renderBody(component: Component, given: Readonly<Record<string, unknown>> = {}): unknown {
  const values = new Map<string, unknown>();
  for (const [name, input] of Object.entries(component.inputs)) {
    values.set(name, given[name] ?? input.default);
  }
  return interpolate(component.body, values);
}

/** @returns name and job that GitLab makes of a component of one job. */
export function renderJob(component: Component, given: Readonly<Record<string, unknown>> = {}) {
  const jobs = Object.entries(z.record(z.string(), Job).parse(renderBody(component, given)));
  const [job, ...more] = jobs;
  if (job === undefined || more.length > 0) {
    throw new Error('not one job');
  }
  return { name: job[0], ...job[1] };
}

/**
 * GitLab replaces in the parsed document: a text that is nothing but one block takes the input's value and type,
 * any other takes its text (lib/gitlab/ci/config/interpolation/template.rb).
 */
function interpolate(node: unknown, values: ReadonlyMap<string, unknown>): unknown {
  if (typeof node === 'string') {
    return interpolateText(node, values);
  }
  if (Array.isArray(node)) {
    return node.map((item) => interpolate(item, values));
  }
  if (typeof node !== 'object' || node === null) {
    return node;
  }
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [interpolateText(key, values), interpolate(value, values)]),
  );
}

function interpolateText(text: string, values: ReadonlyMap<string, unknown>): unknown {
  const whole = /^\$\[\[ inputs\.([\w-]+) \]\]$/.exec(text)?.[1];
  if (whole !== undefined) {
    return inputValue(whole, values);
  }
  return text.replace(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_, name: string) => {
    const value = inputValue(name, values);
    return typeof value === 'string' ? value : substituted(inspect(value));
  });
}

/** Ruby's Array#inspect: JSON, but for the marks that begin an interpolation in Ruby. */
function inspect(value: unknown): string {
  return JSON.stringify(value).replace(/#(?=[{$@])/g, '\\#');
}

/** Ruby's String#gsub reads two backslashes in a replacement as one. */
function substituted(replacement: string): string {
  return replacement.replaceAll('\\\\', '\\');
}

function inputValue(name: string, values: ReadonlyMap<string, unknown>): unknown {
  if (!values.has(name)) {
    throw new Error(`unknown interpolation key: ${name}`);
  }
  return values.get(name);
}
