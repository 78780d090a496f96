/** C-style quoting, which git reads in fast-import streams and in `info/alternates`. */

/**
 * Quotes always: an unquoted path may hold neither a leading quote nor a newline, and the first path of `R` no
 * space (git-fast-import(1)). All other bytes stand for themselves inside quotes.
 */
export function quotePath(path: string): string {
  const escaped = path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  return `"${escaped}"`;
}
