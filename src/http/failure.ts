/** Translates what fetch throws into an HttpError, keeping only its code: its text and causes may print headers. */
import { HttpError, type HttpErrorReason } from './http-error.ts';

// https://nodejs.org/api/tls.html#x509-certificate-error-codes, and Node's own ERR_TLS_CERT_*.
const CERTIFICATE_CODE =
  /^(CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERROR_IN_C|ERR_TLS_CERT_|HOSTNAME_MISMATCH$|INVALID_(CA|PURPOSE)$|PATH_LENGTH_)/;
const TIMEOUT_CODE = /^(ETIMEDOUT|UND_ERR_\w+_TIMEOUT)$/;
// TextDecoder's: the body is not UTF-8.
const TEXT_CODE = 'ERR_ENCODING_INVALID_ENCODED_DATA';
const MAX_CAUSES = 5;

/** Whom an error is about. */
type Context = {
  readonly method: string;
  readonly url: string;
  /** Of the answer, if one had begun. */
  readonly status?: number;
};

/**
 * @param error what was thrown while connecting, sending or reading.
 * @returns an HttpError of reason `certificate`, `timeout`, `malformed` or `network`; its `detail` is the error's code.
 */
export function toHttpError(error: unknown, context: Context): HttpError {
  if (error instanceof HttpError) {
    return error;
  }
  const code = findCode(error);
  return new HttpError({
    ...context,
    reason: reasonOf(code),
    ...(code === undefined ? {} : { detail: code }),
  });
}

function reasonOf(code: string | undefined): HttpErrorReason {
  if (code === undefined) {
    return 'network';
  }
  if (code === TEXT_CODE) {
    return 'malformed';
  }
  if (CERTIFICATE_CODE.test(code)) {
    return 'certificate';
  }
  return TIMEOUT_CODE.test(code) ? 'timeout' : 'network';
}

/** The code that is nearest to the root: fetch wraps the socket's error, sometimes twice. */
function findCode(error: unknown): string | undefined {
  let code: string | undefined;
  let current = error;
  for (let depth = 0; depth < MAX_CAUSES && current instanceof Error; depth++) {
    if ('code' in current && typeof current.code === 'string') {
      code = current.code;
    }
    current = current.cause;
  }
  return code;
}
