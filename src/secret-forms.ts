/** The forms in which a text can repeat a secret, and a search for the forms of many secrets at once. */

/** Where a text repeats a secret, and in which form. */
type Occurrence<T> = {
  readonly start: number;
  readonly end: number;
  readonly isBase64: boolean;
  /** What was registered with the secret. */
  readonly about: T;
};

export type SecretFinder<T> = {
  /** @param secret at least five UTF-16 units long: what is shorter is not looked for. */
  add(secret: string, about: T): void;
  /** @returns every occurrence of every form, in the order of where they begin to be recognised. */
  find(text: string): readonly Occurrence<T>[];
};

type Form<T> = {
  readonly text: string;
  readonly isBase64: boolean;
  /** Distance from the form's first unit to the last one of its window. */
  readonly windowEnd: number;
  readonly about: T;
};

const MIN_LENGTH = 5;
const WINDOW = 4;
const FILTER_BITS = 18;

/**
 * Finds a form by four units from its middle: the beginnings and ends of keys and tokens are often alike (`eyJ…`,
 * `-----BEGIN …`), their middles are not. One pass over a text, whatever the number of secrets.
 */
export function createSecretFinder<T>(): SecretFinder<T> {
  const formsByWindow = new Map<number, Form<T>[]>();
  const known = new Set<string>();
  const filter = new Uint8Array(1 << FILTER_BITS);
  return {
    add(secret, about) {
      if (secret.length < MIN_LENGTH) {
        return;
      }
      for (const { text, isBase64 } of formsOf(secret)) {
        if (!known.has(text)) {
          known.add(text);
          const windowEnd = (text.length + WINDOW) >> 1;
          const window = windowAt(text, windowEnd);
          filter[slotOf(window)] = 1;
          const forms = formsByWindow.get(window) ?? [];
          forms.push({ text, isBase64, windowEnd, about });
          formsByWindow.set(window, forms);
        }
      }
    },
    find(text) {
      const found: Occurrence<T>[] = [];
      let window = 0;
      for (let index = 0; index < text.length; index += 1) {
        window = (window << 8) ^ text.charCodeAt(index);
        if (filter[slotOf(window)] === 1) {
          const forms = formsByWindow.get(window) ?? [];
          found.push(...forms.flatMap((form) => occurrenceAt(text, form, index - form.windowEnd + 1)));
        }
      }
      return found;
    },
  };
}

function occurrenceAt<T>(text: string, form: Form<T>, start: number): readonly Occurrence<T>[] {
  if (start < 0 || !text.startsWith(form.text, start)) {
    return [];
  }
  return [{ start, end: start + form.text.length, isBase64: form.isBase64, about: form.about }];
}

/** The same number as `find` reckons at this place: older units are shifted out of its 32 bits. */
function windowAt(text: string, end: number): number {
  let window = 0;
  for (let index = end - WINDOW; index < end; index += 1) {
    window = (window << 8) ^ text.charCodeAt(index);
  }
  return window;
}

/** Fibonacci hashing. */
function slotOf(window: number): number {
  return Math.imul(window, 0x9e3779b1) >>> (32 - FILTER_BITS);
}

function formsOf(secret: string): readonly { readonly text: string; readonly isBase64: boolean }[] {
  const wellFormed = secret.toWellFormed();
  const plain = [
    secret,
    wellFormed,
    encodeURI(wellFormed),
    encodeURIComponent(wellFormed),
    JSON.stringify(secret).slice(1, -1),
  ];
  return [
    ...plain.map((text) => ({ text, isBase64: false })),
    ...base64Forms(Buffer.from(wellFormed)).map((text) => ({ text, isBase64: true })),
  ];
}

/**
 * Base64 alone, and inside a longer base64 (`user:secret` in an Authorization header): there, three bytes
 * become four characters, so that a secret has three appearances. Characters at the edges that also hold bits of a
 * neighbour are left out.
 */
function base64Forms(secret: Buffer): readonly string[] {
  const forms = [secret.toString('base64'), secret.toString('base64url')];
  for (const offset of [0, 1, 2]) {
    const padded = Buffer.concat([Buffer.alloc(offset), secret]);
    const from = Math.ceil((offset * 8) / 6);
    const to = Math.floor((padded.length * 8) / 6);
    forms.push(padded.toString('base64').slice(from, to), padded.toString('base64url').slice(from, to));
  }
  return forms;
}
