/** The configuration file: YAML with positions, so that every problem says where it is. */
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { didYouMean } from '../nearest.ts';
import { printable } from '../printable.ts';
import type { Given, Layer } from './layer.ts';
import { located } from './problems.ts';
import { backupSettings, runFileSettings, type SettingName } from './settings.ts';

/** The branch is the key. */
const { branch: _, ...BRANCH_SETTINGS } = backupSettings;

export type FileEntry = {
  readonly settings: Layer;
  /** Where the entry begins. */
  readonly place: string;
};

export type ConfigFile = {
  /** Settings of the run, at the top of the file. */
  readonly run: Layer;
  readonly defaults: Layer;
  readonly backups: readonly FileEntry[];
  /** Branches that are tied to workspaces of their own; each has its name as `branch`. */
  readonly branches: readonly FileEntry[];
  readonly problems: readonly string[];
};

// Hundreds of backups have room in it. What is longer is no configuration, and would take minutes to refuse.
const MAX_LENGTH = 256 * 1024;
// What follows a syntax error is mostly its echo.
const MAX_SYNTAX_ERRORS = 5;
// No settings worth having repeat so much: more is an attack on memory (YAML "billion laughs").
const MAX_ALIASES = 100;

/** @param path the file's name, for the problems. */
export function parseConfigFile(text: string, path: string): ConfigFile {
  const lineCounter = new LineCounter();
  if (text.length > MAX_LENGTH) {
    const problem = `the configuration file is too long: ${text.length} characters, and at most ${MAX_LENGTH} are read.`;
    return {
      run: new Map(),
      defaults: new Map(),
      backups: [],
      branches: [],
      problems: [located(`${path}:1:1`, problem)],
    };
  }
  const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'error' });
  const problems = [...document.errors, ...document.warnings]
    .slice(0, MAX_SYNTAX_ERRORS)
    .map(({ pos, message }) => located(position(path, lineCounter, pos[0]), message));
  const reader = createReader(document, { path, lineCounter, problems });
  const root = document.contents;
  if (problems.length > 0 || isNothing(root)) {
    return { run: new Map(), defaults: new Map(), backups: [], branches: [], problems };
  }
  const run = reader.readMap(root, 'the file', {
    ...{ ...runFileSettings, backups: true, branches: true, defaults: true },
  });
  const defaults = run.get('defaults');
  const backups = run.get('backups');
  run.delete('defaults');
  const branches = run.get('branches');
  run.delete('backups');
  run.delete('branches');
  return {
    run: reader.toLayer(run),
    defaults:
      defaults === undefined
        ? new Map()
        : reader.toLayer(reader.readMap(defaults, '`defaults`', backupSettings)),
    backups: reader.readEntries(backups).map((entry) => ({
      settings: reader.toLayer(reader.readMap(entry, 'an entry of `backups`', backupSettings)),
      place: reader.place(entry),
    })),
    branches: readBranches(branches, reader),
    problems,
  };
}

function createReader(
  document: Document,
  at: { readonly path: string; readonly lineCounter: LineCounter; readonly problems: string[] },
) {
  const place = (node: Node | null | undefined) => position(at.path, at.lineCounter, node?.range?.[0] ?? 0);
  const complain = (node: Node | null | undefined, problem: string) =>
    at.problems.push(located(place(node), problem));

  function readMap(node: Node, what: string, allowed: Readonly<Record<string, unknown>>): Map<string, Node> {
    const values = new Map<string, Node>();
    const map = resolved(node);
    if (!isMap<Node, Node | null>(map)) {
      complain(node, `${what} must be a mapping of keys to values.`);
      return values;
    }
    for (const { key: keyNode, value } of map.items) {
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
    const list = resolved(node);
    if (!isSeq<Node>(list) || list.items.length === 0) {
      complain(node, '`backups` must be a list with at least one entry; leave it out to back up everything.');
      return [];
    }
    return list.items;
  }

  /** What an alias stands for; nothing when it stands for nothing. */
  function resolved(node: Node): Node | undefined {
    return isAlias(node) ? node.resolve(document) : node;
  }

  function toLayer(values: ReadonlyMap<string, Node>): Layer {
    const layer = new Map<SettingName, Given>();
    for (const [name, node] of values) {
      layer.set(name as SettingName, {
        value: toValue(node),
        source: place(node),
        items: placesOfItems(resolved(node)),
      });
    }
    return layer;
  }

  function placesOfItems(node: Node | undefined): readonly string[] {
    return isSeq<Node>(node) ? node.items.map(place) : [];
  }

  function toValue(node: Node): unknown {
    try {
      return node.toJS(document, { maxAliasCount: MAX_ALIASES });
    } catch (error) {
      // An alias of nothing or of itself, or an attack on memory: the setting's schema refuses what is no value.
      if (error instanceof Error) {
        return undefined;
      }
      throw error;
    }
  }

  return { place, complain, resolved, readMap, readEntries, toLayer };
}

/** What is not said of a branch here is said elsewhere, but for its workspace: that is what it is for. */
function readBranches(
  node: Node | undefined,
  { place, complain, resolved, readMap, toLayer }: ReturnType<typeof createReader>,
): readonly FileEntry[] {
  const map = node === undefined ? undefined : resolved(node);
  if (node !== undefined && !isMap<Node, Node | null>(map)) {
    complain(node, '`branches` must be a mapping of branches to their settings.');
  }
  const pairs = isMap<Node, Node | null>(map) ? map.items : [];
  return pairs.map(({ key, value }) => {
    const settings = isNothing(value)
      ? new Map<string, Node>()
      : readMap(value, 'a branch of `branches`', BRANCH_SETTINGS);
    if (!settings.has('workspace')) {
      complain(key, 'a branch of `branches` needs `workspace`: the one that it is tied to.');
    }
    const branch = { value: isScalar(key) ? String(key.value) : '', source: place(key) };
    return { settings: new Map([...toLayer(settings), ['branch', branch]]), place: place(key) };
  });
}

function isNothing(node: Node | null): node is null {
  return node === null || (isScalar(node) && node.value === null);
}

function position(path: string, lineCounter: LineCounter, offset: number): string {
  const { line, col } = lineCounter.linePos(offset);
  return `${path}:${line}:${col}`;
}
