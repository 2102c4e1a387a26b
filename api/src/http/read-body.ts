// Reads a JSON body under a hard limit. It never inflates (a compressed body is refused), never buffers
// more than the limit, and closes the connection of a client that sends more.
import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { MAX_BODY_BYTES, MAX_JSON_KEYS } from '../contract/limits.ts';
import { ApiError } from '../errors.ts';
import { parseJson } from './parse-json.ts';

const JSON_TYPE = /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

/** How large a body may be, and how many keys it may have. */
export interface BodyLimits {
  readonly bytes: number;
  readonly keys: number;
}

const USUAL: BodyLimits = { bytes: MAX_BODY_BYTES, keys: MAX_JSON_KEYS };

const tooLarge = ({ bytes }: BodyLimits): ApiError =>
  new ApiError('payload_too_large', `The body is larger than ${bytes} bytes.`, {
    headers: { Connection: 'close' },
  });

const checkHeaders = (req: IncomingMessage, limits: BodyLimits): void => {
  const encoding = req.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw new ApiError('unsupported_media_type', 'Send the body uncompressed (no Content-Encoding).', {
      headers: { Connection: 'close' },
    });
  }
  if (!JSON_TYPE.test(req.headers['content-type'] ?? '')) {
    throw new ApiError('unsupported_media_type', 'Send the body as Content-Type: application/json in UTF-8.');
  }
  if (Number(req.headers['content-length'] ?? 0) > limits.bytes) throw tooLarge(limits);
};

const readBytes = (req: IncomingMessage, limits: BodyLimits): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limits.bytes) chunks.push(chunk);
      else {
        chunks.length = 0;
        reject(tooLarge(limits));
      }
    });
    req.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    // A client that goes away mid-body: nobody is there to read the answer.
    req.on('aborted', () => reject(new ApiError('invalid_body', 'The body ended early.')));
    req.on('error', () => reject(new ApiError('invalid_body', 'The body ended early.')));
  });

/** Reads the bytes of a JSON body, unparsed, under the limits. */
export const readJsonBytes = async (req: IncomingMessage, limits = USUAL): Promise<Buffer> => {
  checkHeaders(req, limits);
  return readBytes(req, limits);
};

/** Reads and parses the JSON body of a request. */
export const readJson = async (req: IncomingMessage, limits = USUAL): Promise<unknown> =>
  parseJson(await readJsonBytes(req, limits), limits.keys);

/** Checks a value against a schema; the first complaint becomes the error, with the path of the field. */
export const parseBody = <T>(schema: z.ZodType<T>, value: unknown): T => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  const what = issue?.message ?? 'not what was expected';
  throw new ApiError(
    'invalid_body',
    field === '' ? `The body is not valid: ${what}.` : `The field ${field} is not valid: ${what}.`,
    field === '' ? {} : { field },
  );
};

/** Reads, parses and checks the JSON body of a request. */
export const readBody = async <T>(req: IncomingMessage, schema: z.ZodType<T>, limits = USUAL): Promise<T> =>
  parseBody(schema, await readJson(req, limits));
