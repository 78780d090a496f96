/** The configuration file: YAML with positions, so that every problem says where it is. */
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { didYouMean } from '../nearest.ts';
import { printable } from '../printable.ts';
import type { Given, Layer } from './layer.ts';
import { backupSettings, runSettings, type SettingName } from './settings.ts';

export type ConfigFile = {
  /** Settings of the run, at the top of the file. */
  readonly run: Layer;
  readonly defaults: Layer;
  readonly backups: readonly Layer[];
  readonly problems: readonly string[];
};

const { config: _, ...runKeys } = runSettings;

/** @param path the file's name, for the problems. */
export function parseConfigFile(text: string, path: string): ConfigFile {
  const lineCounter = new LineCounter();
  // No aliases worth having are this many: more is an attack on memory (YAML "billion laughs").
  const document = parseDocument(text, { lineCounter, uniqueKeys: true, prettyErrors: false });
  const problems = document.errors.map(
    ({ pos, message }) => `${position(path, lineCounter, pos[0])}  ${message}`,
  );
  const reader = createReader(document, { path, lineCounter, problems });
  const root = document.contents;
  if (problems.length > 0 || root === null) {
    return { run: new Map(), defaults: new Map(), backups: [], problems };
  }
  const run = reader.readMap(root, 'the file', { ...runKeys, backups: true, defaults: true });
  const defaults = run.get('defaults');
  const backups = run.get('backups');
  run.delete('defaults');
  run.delete('backups');
  return {
    run: reader.toLayer(run),
    defaults:
      defaults === undefined
        ? new Map()
        : reader.toLayer(reader.readMap(defaults, '`defaults`', backupSettings)),
    backups: reader
      .readEntries(backups)
      .map((entry) => reader.toLayer(reader.readMap(entry, 'an entry of `backups`', backupSettings))),
    problems,
  };
}

function createReader(
  document: Document,
  at: { readonly path: string; readonly lineCounter: LineCounter; readonly problems: string[] },
) {
  const place = (node: Node | null | undefined) => position(at.path, at.lineCounter, node?.range?.[0] ?? 0);
  const complain = (node: Node | null | undefined, problem: string) =>
    at.problems.push(`${place(node)}  ${problem}`);

  function readMap(node: Node, what: string, allowed: Readonly<Record<string, unknown>>): Map<string, Node> {
    const values = new Map<string, Node>();
    if (!isMap<Node, Node | null>(node)) {
      complain(node, `${what} must be a mapping of keys to values.`);
      return values;
    }
    for (const { key: keyNode, value } of node.items) {
      const key = isScalar(keyNode) ? String(keyNode.value) : '';
      if (!Object.hasOwn(allowed, key)) {
        complain(keyNode, `unknown key "${printable(key)}".${didYouMean(key, Object.keys(allowed))}`);
      } else if (!isNothing(value)) {
        values.set(key, value);
      }
    }
    return values;
  }

  function readEntries(node: Node | undefined): readonly Node[] {
    if (node === undefined) {
      return [];
    }
    if (!isSeq<Node>(node)) {
      complain(node, '`backups` must be a list of entries.');
      return [];
    }
    return node.items;
  }

  function toLayer(values: ReadonlyMap<string, Node>): Layer {
    const layer = new Map<SettingName, Given>();
    for (const [name, node] of values) {
      layer.set(name as SettingName, {
        value: node.toJS(document, { maxAliasCount: 100 }),
        source: place(node),
      });
    }
    return layer;
  }

  return { readMap, readEntries, toLayer };
}

function isNothing(node: Node | null): node is null {
  return node === null || (isScalar(node) && node.value === null);
}

function position(path: string, lineCounter: LineCounter, offset: number): string {
  const { line, col } = lineCounter.linePos(offset);
  return `${path}:${line}:${col}`;
}
