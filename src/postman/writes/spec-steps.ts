/** What has to be sent so that a spec becomes another, one file after the other. Pure. */
import { pathSegment } from '../path-segment.ts';
import type { Write } from './api.ts';

export type SpecFile = {
  readonly path: string;
  readonly content: string;
  readonly type?: string | undefined;
};
export type Spec = { readonly name: string; readonly files: readonly SpecFile[] };

export type SpecStep = {
  /** What it is about, for people. */
  readonly part: string;
  readonly write: Write;
};

/**
 * New files come first, then who is the root, and only then what is gone: a spec is never without its root.
 * @param path of the spec.
 */
export function planSpecSteps(path: string, current: Spec, wanted: Spec): readonly SpecStep[] {
  const before = new Map(current.files.map((file) => [file.path, file]));
  const after = new Set(wanted.files.map((file) => file.path));
  const gone = current.files.filter((file) => !after.has(file.path));
  const rename = { part: 'its name', write: { method: 'PATCH', path, body: { name: wanted.name } } } as const;
  return [
    ...(current.name === wanted.name ? [] : [rename]),
    ...wanted.files.flatMap((file) => contentStep(path, file, before.get(file.path)) ?? []),
    ...wanted.files.flatMap((file) => rootStep(path, file, before.get(file.path)) ?? []),
    ...gone.map((file) => stepAt(path, file, { method: 'DELETE' })),
  ];
}

/** "You cannot pass both the content and type property at the same time" (OpenAPI 1.45.0, updateSpecFile). */
function contentStep(path: string, file: SpecFile, before: SpecFile | undefined): SpecStep | undefined {
  const { content } = file;
  if (before === undefined) {
    const body = { path: file.path, content };
    return { part: file.path, write: { method: 'POST', path: `${path}/files`, body } };
  }
  return before.content === content ? undefined : stepAt(path, file, { method: 'PATCH', body: { content } });
}

/** The root before becomes an ordinary file by itself. */
function rootStep(path: string, file: SpecFile, before: SpecFile | undefined): SpecStep | undefined {
  const becomesRoot = file.type === 'ROOT' && before?.type !== 'ROOT';
  return becomesRoot ? stepAt(path, file, { method: 'PATCH', body: { type: 'ROOT' } }) : undefined;
}

function stepAt(path: string, file: SpecFile, write: Pick<Write, 'method' | 'body'>): SpecStep {
  return { part: file.path, write: { ...write, path: `${path}/files/${pathSegment(file.path)}` } };
}
