/** The house as design §3 and ARCHITECTURE.md lay it out: who may import whom, and who may touch what. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

type Import = {
  /** A file below src/, or a package. */
  readonly target: string;
  /** Nothing of it is left when the program runs. */
  readonly erased: boolean;
};

/** Whom each room may import, besides itself and what everyone may. Files beside the rooms are rooms of one file. */
const EVERYONE = [
  'model.ts',
  'errors.ts',
  'json.ts',
  'describe-differences.ts',
  'folders-above.ts',
  'group-by.ts',
  'printable.ts',
  'nearest.ts',
  'inert.ts',
  'kind-name.ts',
  'object-id.ts',
  'resource-key.ts',
  'restore-step.ts',
  'secret-forms.ts',
  'verified.ts',
  'web-address.ts',
];
const BELOW_COMMANDS = ['config', 'postman', 'gitlab', 'git', 'http', 'snapshot', 'plan', 'report', 'site'];
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'main.ts': ['cli.ts', 'commands', ...BELOW_COMMANDS],
  'cli.ts': ['cli', 'commands', ...BELOW_COMMANDS],
  cli: ['commands', ...BELOW_COMMANDS],
  commands: BELOW_COMMANDS,
  postman: ['http'],
  gitlab: ['http'],
  ...{ git: [], http: [], snapshot: [], plan: [], config: [], report: [], site: [] },
  ...Object.fromEntries(EVERYONE.map((file) => [file, []])),
};

const paths = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map((path) => path.split(sep).join('/'))
  .filter((path) => path.endsWith('.ts'));
const program = ts.createProgram(
  paths.map((path) => join(root, 'src', path)),
  { ...compilerOptions(), noEmit: true },
);
const sources = new Map(
  paths.map((path) => {
    const source = program.getSourceFile(join(root, 'src', path));
    if (source === undefined) {
      throw new Error(`${path} was not parsed.`);
    }
    return [path, source] as const;
  }),
);
const imports = new Map([...sources].map(([path, source]) => [path, importsOf(path, source)] as const));

function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  return ts.parseJsonConfigFileContent(config, ts.sys, root).options;
}

function importsOf(path: string, source: ts.SourceFile): readonly Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, erased: boolean) => {
    if (specifier !== undefined && ts.isStringLiteral(specifier)) {
      found.push({ target: resolved(path, specifier.text), erased });
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isImportTypeNode(node)) {
      add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function resolved(path: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier;
}

function roomOf(path: string): string {
  return path.split('/')[0] ?? path;
}

/** Every place of a name that stands for the global of that name: not for a method or a variable of ours. */
function usesOfGlobal(name: string, source: ts.SourceFile): number {
  let uses = 0;
  const isOurs = (node: ts.Identifier) =>
    program
      .getTypeChecker()
      .getSymbolAtLocation(node)
      ?.declarations?.some(
        (declaration) => !relative(root, declaration.getSourceFile().fileName).includes('node_modules'),
      );
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === name && isOurs(node) !== true && !isMember(node)) {
      uses++;
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return uses;
}

/** `response.fetch` is somebody's method; `globalThis.fetch` is the global. */
function isMember(node: ts.Identifier): boolean {
  const { parent } = node;
  const isProperty = ts.isPropertyAccessExpression(parent) && parent.name === node;
  return isProperty && parent.expression.getText() !== 'globalThis';
}

function filesThat(test: (source: ts.SourceFile, path: string) => boolean): string[] {
  return [...sources].filter(([path, source]) => test(source, path)).map(([path]) => path);
}

/** @returns the first circle of imports that are there when the program runs. */
function findCycle(): readonly string[] {
  const done = new Set<string>();
  const follow = (path: string, trail: readonly string[]): readonly string[] => {
    if (trail.includes(path)) {
      return [...trail.slice(trail.indexOf(path)), path];
    }
    if (done.has(path)) {
      return [];
    }
    for (const { target, erased } of imports.get(path) ?? []) {
      const cycle = erased ? [] : follow(target, [...trail, path]);
      if (cycle.length > 0) {
        return cycle;
      }
    }
    done.add(path);
    return [];
  };
  for (const path of paths) {
    const cycle = follow(path, []);
    if (cycle.length > 0) {
      return cycle;
    }
  }
  return [];
}

describe('the reader of imports', () => {
  it('finds every way to import, and tells which are erased', () => {
    const text = `import a from './a.ts'; import type { B } from '../b.ts'; export * from './c.ts';
      import { type D } from 'd'; type E = import('./e.ts').E; const f = await import('./f.ts'); export type { G } from './g.ts';`;
    const source = ts.createSourceFile('room/x.ts', text, ts.ScriptTarget.Latest, true);
    expect(
      importsOf('room/x.ts', source).map(({ target, erased }) => `${target}${erased ? ' erased' : ''}`),
    ).toEqual([
      ...['room/a.ts', 'b.ts erased', 'room/c.ts', 'd', 'room/e.ts erased', 'room/f.ts', 'room/g.ts erased'],
    ]);
  });

  it('reads the program', () => {
    expect(imports.get('main.ts')?.map(({ target }) => target)).toContain('cli.ts');
    expect(filesThat((source) => usesOfGlobal('Buffer', source) > 0)).toContain('snapshot/serialize.ts');
  });
});

describe('the rooms', () => {
  it('are those of the table', () => {
    expect([...new Set(paths.map(roomOf))].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  it('import only what they may, types included', () => {
    const forbidden = [...imports].flatMap(([path, list]) =>
      list
        .map(({ target }) => target)
        .filter((target) => sources.has(target) || target.startsWith('..'))
        .filter((target) => {
          const [from, to] = [roomOf(path), roomOf(target)];
          return from !== to && ![...EVERYONE, ...(MAY_IMPORT[from] ?? [])].includes(to);
        })
        .map((target) => `${path} imports ${target}`),
    );
    expect(forbidden).toEqual([]);
  });

  it('import only files that exist, and packages', () => {
    const lost = [...imports].flatMap(([path, list]) =>
      list
        .filter(({ target }) => target.endsWith('.ts') && !sources.has(target))
        .map(({ target }) => [path, target]),
    );
    expect(lost).toEqual([]);
  });

  it('import nothing in a circle', () => {
    expect(findCycle()).toEqual([]);
  });

  it('have no folder for what belongs nowhere, and no file that only hands on', () => {
    expect(
      paths.filter((path) => /(^|\/)(utils?|helpers?|common|shared|misc|lib)(\/|\.ts$)/.test(path)),
    ).toEqual([]);
    const handsOn = (source: ts.SourceFile) =>
      source.statements.some((node) => ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined);
    expect(filesThat(handsOn)).toEqual([]);
  });
});

describe('the nouns', () => {
  it('are types only and import nothing', () => {
    expect(imports.get('model.ts')).toEqual([]);
    const { statements = [] } = sources.get('model.ts') ?? {};
    expect([...statements].every(ts.isTypeAliasDeclaration)).toBe(true);
  });
});

describe('only one place', () => {
  it('touches the process: main.ts', () => {
    expect(filesThat((source) => usesOfGlobal('process', source) > 0)).toEqual(['main.ts']);
    const importers = [...imports].filter(([, list]) =>
      list.some(({ target }) => /^(node:)?process$/.test(target)),
    );
    expect(importers).toEqual([]);
  });

  it('makes requests: http/', () => {
    const callers = filesThat((source) => usesOfGlobal('fetch', source) > 0);
    expect(callers.filter((path) => roomOf(path) !== 'http')).toEqual([]);
    expect(callers).not.toEqual([]);
    const isNetwork = (target: string) => /^(node:)?(https?|http2|net|tls|dgram|undici)$|^ky$/.test(target);
    const importers = [...imports].filter(([, list]) =>
      list.some(({ target, erased }) => !erased && isNetwork(target)),
    );
    expect(importers.map(([path]) => path).filter((path) => roomOf(path) !== 'http')).toEqual([]);
  });

  it('knows gitbeaker: gitlab/', () => {
    const importers = [...imports].filter(([, list]) =>
      list.some(({ target }) => target.startsWith('@gitbeaker/')),
    );
    expect([...new Set(importers.map(([path]) => roomOf(path)))]).toEqual(['gitlab']);
  });

  it('writes to the console: none', () => {
    expect(filesThat((source) => usesOfGlobal('console', source) > 0)).toEqual([]);
  });
});

describe('each file', () => {
  it('has at most 300 lines, and half of them have at most 80', () => {
    const lengths = paths
      .map((path) => ({
        path,
        lines: readFileSync(join(root, 'src', path), 'utf8')
          .trimEnd()
          .split('\n').length,
      }))
      .sort((a, b) => a.lines - b.lines);
    expect(lengths.filter(({ lines }) => lines > 300)).toEqual([]);
    expect(lengths[Math.floor(lengths.length / 2)]?.lines).toBeLessThanOrEqual(80);
  });

  it('says its job in its first line', () => {
    expect(filesThat((source) => !source.text.startsWith('/**'))).toEqual([]);
  });
});
