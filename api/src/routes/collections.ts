// What only an app's owner may do with whole collections, on the platform's host: list, look into, clear, export, import. On
// the app's own host all of it is 403, whatever the app's rules say.
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response, Router } from 'express';
import { requireOwner } from '../access/admit.ts';
import {
  type CollectionFields,
  type CollectionList,
  exportQuerySchema,
  importQuerySchema,
} from '../contract/collection.ts';
import {
  MAX_BYTES_PER_APP,
  MAX_COLLECTIONS_PER_APP,
  MAX_DOCUMENTS_PER_APP,
  MAX_EXPORT_COLUMNS,
  MAX_IMPORT_BYTES,
  MAX_TRANSFERS,
} from '../contract/limits.ts';
import type { CollectionStore } from '../db/collection-store.ts';
import { EXPORT_TYPES, exportText } from '../db/export-format.ts';
import { importDocuments } from '../db/import-documents.ts';
import { type ImportFormat, importRows } from '../db/import-rows.ts';
import { parseFilter } from '../db/parse-filter.ts';
import { ApiError } from '../errors.ts';
import { parseQuery } from '../http/query.ts';
import { readQuery } from '../http/read-query.ts';
import { appOf } from '../http/scope.ts';
import { allowOnly, sendJson } from '../http/send.ts';
import { type DatabaseRoutes, placeOf, take } from './document-request.ts';

/** What the routes of whole collections need. */
export interface CollectionRoutes extends DatabaseRoutes {
  readonly collections: CollectionStore;
}

const LIMITS = {
  documents: MAX_DOCUMENTS_PER_APP,
  bytes: MAX_BYTES_PER_APP,
  collections: MAX_COLLECTIONS_PER_APP,
};

const listRoute = (deps: CollectionRoutes) => async (req: Request, res: Response) => {
  const appId = appOf(res, req.params.app);
  requireOwner(res);
  parseQuery(req.url, []);
  take(deps.reads, appId);
  const collections = [...(await deps.collections.list(appId))];
  const sum = (of: 'documents' | 'bytes') => collections.reduce((total, one) => total + one[of], 0);
  const answer: CollectionList = {
    collections,
    documents: sum('documents'),
    bytes: sum('bytes'),
    limits: LIMITS,
  };
  sendJson(res, 200, answer);
};

const fieldsRoute = (deps: CollectionRoutes) => async (req: Request, res: Response) => {
  const place = placeOf(req, res);
  requireOwner(res);
  parseQuery(req.url, []);
  take(deps.reads, place.appId);
  const { sampled, fields } = await deps.collections.fields(place);
  const answer: CollectionFields = {
    sampled,
    fields: fields.map(({ name, documents, types, examples }) => ({
      name,
      share: Math.round((documents / sampled) * 1000) / 1000,
      types,
      examples: [...examples],
    })),
  };
  sendJson(res, 200, answer);
};

/** DELETE of a collection: all its documents. */
export const clearRoute = (deps: CollectionRoutes) => async (req: Request, res: Response) => {
  const place = placeOf(req, res);
  requireOwner(res);
  parseQuery(req.url, []);
  take(deps.writes, place.appId);
  sendJson(res, 200, { deleted: await deps.collections.clear(place) });
};

/** Lets a few transfers run at once: each keeps a connection to the database for as long as its client takes. */
const makeTransfers = () => {
  let running = 0;
  return async (work: () => Promise<void>): Promise<void> => {
    if (running >= MAX_TRANSFERS)
      throw new ApiError('unavailable', 'Other imports or exports are running. Try again in a moment.', {
        retryAfter: 5,
      });
    running += 1;
    try {
      await work();
    } finally {
      running -= 1;
    }
  };
};
type Transfer = ReturnType<typeof makeTransfers>;

const exportRoute = (deps: CollectionRoutes, transfer: Transfer) => async (req: Request, res: Response) => {
  const place = placeOf(req, res);
  requireOwner(res);
  const { format, filter } = readQuery(req.url, exportQuerySchema);
  const where = parseFilter(filter);
  take(deps.reads, place.appId);
  await transfer(async () => {
    const taken = await deps.collections.export(place, where);
    try {
      const fields = format === 'csv' ? await taken.fieldNames(MAX_EXPORT_COLUMNS) : [];
      res.setHeader('Content-Type', EXPORT_TYPES[format]);
      res.setHeader(
        'Content-Disposition',
        `attachment; filename="${place.appId}-${place.collection}.${format}"`,
      );
      if (req.method === 'HEAD') res.end();
      else await pipeline(Readable.from(exportText(format, taken.batches(), fields)), res);
    } finally {
      await taken.close();
    }
  });
};

const TYPES: Readonly<Record<string, ImportFormat>> = {
  'application/json': 'json',
  'application/x-ndjson': 'jsonl',
  'application/jsonl': 'jsonl',
  'text/csv': 'csv',
};

const formatOf = (req: IncomingMessage): ImportFormat => {
  const match = /^([a-z]+\/[a-z-]+)\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?(;\s*header=present\s*)?$/i.exec(
    req.headers['content-type'] ?? '',
  );
  const format = Object.hasOwn(TYPES, match?.[1]?.toLowerCase() ?? '')
    ? TYPES[match?.[1]?.toLowerCase() ?? '']
    : undefined;
  if (format === undefined || (req.headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new ApiError(
      'unsupported_media_type',
      'Send application/json (one list), application/x-ndjson (one object a line) or text/csv, in UTF-8, uncompressed.',
      { headers: { Connection: 'close' } },
    );
  return format;
};

const tooLarge = (): ApiError =>
  new ApiError('payload_too_large', `An import is at most ${MAX_IMPORT_BYTES} bytes.`, {
    headers: { Connection: 'close' },
  });

async function* bounded(req: IncomingMessage): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  // Reading may end early, and the answer must still find its connection.
  for await (const chunk of req.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes > MAX_IMPORT_BYTES) throw tooLarge();
    yield chunk;
  }
}

async function* textOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch {
      throw new ApiError('invalid_character', 'The body is not valid UTF-8.');
    }
  };
  for await (const chunk of chunks) yield decode(chunk);
  yield decode();
}

const importRoute = (deps: CollectionRoutes, transfer: Transfer) => async (req: Request, res: Response) => {
  const place = placeOf(req, res);
  requireOwner(res);
  const { types } = readQuery(req.url, importQuerySchema);
  take(deps.writes, place.appId);
  const format = formatOf(req);
  if (Number(req.headers['content-length'] ?? 0) > MAX_IMPORT_BYTES) throw tooLarge();
  await transfer(async () => {
    const rows = importRows(format, textOf(bounded(req)), types);
    const store = { ...deps.store, takenIds: deps.collections.takenIds };
    const report = await importDocuments(store, place, rows);
    // What was not read, because a limit ended the import, must not be taken for the next request.
    if (!req.readableEnded) res.setHeader('Connection', 'close');
    sendJson(res, 200, report);
  });
};

/** Adds the routes of whole collections, but for DELETE, which stands with the list of documents. */
export const collectionRoutes = (router: Router, deps: CollectionRoutes): void => {
  const transfer = makeTransfers();
  const at = '/api/v1/db/:app/:collection';
  router.route('/api/v1/db/:app/').get(listRoute(deps)).all(allowOnly('GET', 'HEAD'));
  router.route(`${at}/fields/`).get(fieldsRoute(deps)).all(allowOnly('GET', 'HEAD'));
  router.route(`${at}/export/`).get(exportRoute(deps, transfer)).all(allowOnly('GET', 'HEAD'));
  router.route(`${at}/import/`).post(importRoute(deps, transfer)).all(allowOnly('POST'));
};
