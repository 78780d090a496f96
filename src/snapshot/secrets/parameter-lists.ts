/** Finds where in a text `name=value` is a parameter: in the query of a URL, and in a form in the same notation. */

/** In running text a URL ends where text goes on: at a space, a quote, an angle bracket. For a class of characters. */
export const ENDS = String.raw`\s"'<>\x60\\`;

const END = new RegExp(`[${ENDS}]`);
const NEXT_END = new RegExp(`[${ENDS}]`, 'g');
// `{{a variable}}` and `${an expression}` may hold spaces.
const REFERENCE = /(?:\{\{|\$\{)[^{}"'<>`\\\r\n]{0,100}\}{1,2}/g;
// Before `?`: a server without a path. Anything with a path, and a variable, is one anyway.
const SERVER = /(?:^|[^\w.])(?:(?:[a-z0-9-]+\.)+[a-z]{2,20}|localhost)(?::\d{1,5})?$/i;
const MAX_SERVER_LENGTH = 300;

const FIELD = /^[A-Za-z_][\w.[\]%-]*=/;
const FIELD_OR_NAME = /^[A-Za-z_][\w.[\]%-]*(?:=|$)/;
// What follows a space in a value that nobody encoded: nothing but what URLs are written with, lest it be a script.
const REST_OF_FIELD = /^[\w.~%+*$@/-]*$/;
const STRICT_FIELD = /^[A-Za-z_][\w.-]*=[\w.~%+*$@/=-]*$/;

/** @returns whether a position is in a list of parameters; to be asked for ascending positions. */
export function findParameterLists(text: string): (position: number) => boolean {
  const masked = text.replace(REFERENCE, (reference) => '_'.repeat(reference.length));
  if (!/[\r\n"'<>`\\]/.test(masked.trim()) && isForm(masked.trim())) {
    return () => true;
  }
  let listStart = 0;
  let end = 0;
  return (position) => {
    if (position >= end) {
      const start = startOfRun(masked, position, end);
      end = endOfRun(masked, position);
      listStart = start + listStartIn(text.slice(start, end), masked.slice(start, end));
    }
    return position >= listStart;
  };
}

function startOfRun(text: string, position: number, limit: number): number {
  let start = position;
  while (start > limit && !END.test(text.charAt(start - 1))) {
    start -= 1;
  }
  return start;
}

function endOfRun(text: string, position: number): number {
  NEXT_END.lastIndex = position;
  return NEXT_END.exec(text)?.index ?? text.length;
}

/** @returns where the list begins in a text without spaces; infinite when there is none. */
function listStartIn(run: string, masked: string): number {
  if (isForm(masked) || isTailOfForm(masked)) {
    return 0;
  }
  const query = masked.indexOf('?');
  if (query !== -1 && isUrl(run.slice(0, query))) {
    return query;
  }
  const scheme = masked.indexOf('://');
  return scheme === -1 ? Number.POSITIVE_INFINITY : scheme;
}

function isUrl(beforeQuery: string): boolean {
  return (
    beforeQuery === '' || /\/|\}$/.test(beforeQuery) || SERVER.test(beforeQuery.slice(-MAX_SERVER_LENGTH))
  );
}

/** `name=value&name=value`, with any value; `a=b&&c=d` is a condition. */
function isForm(text: string): boolean {
  const [first = '', ...rest] = fieldsOf(text);
  return rest.length > 0 && FIELD.test(first) && rest.every((field) => FIELD_OR_NAME.test(field));
}

function isTailOfForm(text: string): boolean {
  const [first = '', ...rest] = fieldsOf(text);
  return rest.length > 0 && REST_OF_FIELD.test(first) && rest.every((field) => STRICT_FIELD.test(field));
}

/** The last one may be left open, for a script to go on. */
function fieldsOf(text: string): readonly string[] {
  return text.replace(/&(?:amp;)?$/, '').split(/&(?:amp;)?/);
}
