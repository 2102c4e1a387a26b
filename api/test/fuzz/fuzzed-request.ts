// Requests for the operations of an OpenAPI document, valid in the main, and with one thing wrong in the rest: a hostile
// value, a twice-given or unknown query name, a body that is no JSON, headers that lie.
import fc from 'fast-check';
import type { OpenApiDocument, OperationObject, ParameterObject } from '../../src/openapi/document.ts';
import { APPS, type Caller, headersOf, type Sending } from '../callers.ts';
import { type ArbitraryOf, arbitraryFor, type KnownValues } from './arbitrary-of.ts';
import { hostileBody, hostileText } from './hostile.ts';

/** A request, with what the judge needs to know of it. */
export interface FuzzedRequest {
  readonly operationId: string;
  readonly caller: Caller;
  readonly sending: Sending;
}

/** Things that exist, so that requests do not only meet 404. */
export interface Targets {
  readonly callers: readonly Caller[];
  /** Who asks only what is for admins: of an app's data they would see all. */
  readonly admins: readonly Caller[];
  readonly collections: readonly string[];
  readonly documentIds: readonly string[];
  readonly userIds: readonly string[];
  /** Apps of anna that may be deleted. */
  readonly spareApps: readonly string[];
  readonly known: KnownValues;
  /** Ids that answers have told so far, by who was told and the address of their list. */
  readonly found: ReadonlyMap<string, readonly string[]>;
}

/** One operation of the document, and what there is to ask it for. */
interface Given {
  readonly method: string;
  readonly operation: OperationObject;
  readonly targets: Targets;
}

const CONTENT_TYPES = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'application/json;charset=utf-16',
  'multipart/form-data; boundary=x',
  '',
] as const;

const ODD_HEADERS = [
  { 'if-match': '"1"' },
  { 'if-match': '*' },
  { 'if-match': 'W/"1"' },
  { 'if-none-match': '"1"' },
  { 'idempotency-key': 'once' },
  { 'idempotency-key': 'a b' },
  { 'idempotency-key': 'k'.repeat(300) },
  { origin: 'null' },
  { origin: 'http://evil.test' },
  { 'sec-fetch-site': 'cross-site' },
  { 'x-http-method-override': 'DELETE' },
  { 'content-encoding': 'gzip' },
  { 'last-event-id': '99999999999999999999' },
  { 'last-event-id': "' or 1=1" },
  { authorization: 'Bearer x' },
  { authorization: 'Basic Og==' },
  { cookie: '__Host-faibric-session=x; __Host-faibric-user=y; __Host-faibric-visitor=z' },
  { cookie: 'faibric-session=; =; ;;' },
  { range: 'bytes=0-1' },
  { accept: 'text/event-stream' },
  { 'accept-language': '\u00e9' },
  { 'x-forwarded-for': '1.2.3.4, ::1' },
  { 'x-forwarded-host': 'faibric.localhost' },
  { forwarded: 'for=1.2.3.4' },
] as const;

// Stand for the caller's own app, and for something that an answer has told of, until the request is sent.
const OWN = 'own-app';
const FOUND = 'found-id';
const NOWHERE = '00000000-0000-4000-8000-000000000000';

const ownApp = ({ page, account }: Caller): string => page ?? (account === 'bert' ? APPS.bert : APPS.anna);

const encoded = (value: unknown): string =>
  encodeURIComponent(
    (typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)).toWellFormed(),
  );

const oneOf = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>, weight = 6): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: odd });

/** Deleting an app or a collection, or opening it to all, would end what the other requests are about: spare ones serve. */
const isDestructive = (path: string, { method, operation }: Given): boolean =>
  (method === 'delete' && path === '/api/projects/{id}/') ||
  (method !== 'get' && path.startsWith('/api/v1/db/') && !operation['x-callers'].includes('app'));

const pathValue = (name: string, path: string, given: Given): fc.Arbitrary<unknown> => {
  const { targets } = given;
  const spare = isDestructive(path, given);
  const isProject = name === 'id' && path.startsWith('/api/projects/');
  if (isProject && spare) return fc.constantFrom(...targets.spareApps, 'nosuchapp', APPS.carl);
  if (isProject || name === 'app') return fc.constantFrom(OWN, OWN, OWN, ...Object.values(APPS), 'nosuchapp');
  if (name === 'collection' && spare) return fc.constantFrom('spare', 'neverwritten');
  if (name === 'collection') return fc.constantFrom(...targets.collections, 'neverwritten');
  if (name === 'id' && path.startsWith('/api/v1/db/'))
    return fc.oneof(fc.constantFrom(FOUND, FOUND, NOWHERE), fc.constantFrom(...targets.documentIds));
  if (name === 'user') return fc.constantFrom(...targets.userIds, NOWHERE);
  return name === 'number' ? fc.constantFrom('1', '2', '0') : fc.constantFrom(FOUND, FOUND, NOWHERE);
};

const pathOf = (path: string, given: Given): fc.Arbitrary<string> => {
  const values = (given.operation.parameters ?? [])
    .filter((parameter) => parameter.in === 'path')
    .map(({ name }) =>
      oneOf(pathValue(name, path, given), hostileText, 10).map((value): [string, string] => [
        `{${name}}`,
        encoded(value),
      ]),
    );
  return fc
    .tuple(...values)
    .map((pairs) => pairs.reduce((text, [name, value]) => text.replace(name, () => value), path));
};

const queryOf = (parameters: readonly ParameterObject[], arbitraryOf: ArbitraryOf): fc.Arbitrary<string> => {
  const pairs = parameters
    .filter((parameter) => parameter.in === 'query')
    .map(({ name, schema, required }) => {
      const value = oneOf<unknown>(arbitraryOf(schema), hostileText, 3).map(
        (given) => `${name}=${encoded(given)}`,
      );
      return required ? value : fc.option(value, { nil: '', freq: 1 });
    });
  const usual = fc.tuple(...pairs).map((all) => all.filter((pair) => pair !== '').join('&'));
  const odd = fc.constantFrom(
    'limit=1&limit=2',
    'a[]=1&a[]=2',
    'x[y][z]=1',
    'unknown=1',
    '%',
    'limit=%ff',
    '&&==',
  );
  return oneOf(usual, odd, 12).map((query) => (query === '' ? '' : `?${query}`));
};

const bodyOf = (
  { requestBody }: OperationObject,
  arbitraryOf: ArbitraryOf,
): fc.Arbitrary<Partial<{ type: string; bytes: Buffer }>> => {
  const [content] = Object.entries(requestBody?.content ?? {});
  if (content === undefined) return fc.constant({});
  const [type, { schema }] = content;
  const asBytes = (value: unknown): Buffer =>
    Buffer.from(
      typeof value === 'string' && type !== 'application/json' ? value : (JSON.stringify(value) ?? 'null'),
    );
  const bytes = oneOf(arbitraryOf(schema).map(asBytes), hostileBody, 4);
  return fc.record({ type: oneOf(fc.constant(type), fc.constantFrom(...CONTENT_TYPES), 12), bytes });
};

const headersOfRequest = (
  type: string | undefined,
  odd: object | null,
  caller: Caller,
): Sending['headers'] => ({
  ...(type === undefined || type === '' ? {} : { 'content-type': type }),
  ...headersOf(caller),
  ...odd,
});

const isForAdmins = (operation: OperationObject): boolean =>
  operation['x-callers'].every((caller) => caller === 'admin');

/** The address with what is known by now in place of what stood for it. */
const addressOf = (
  target: string,
  caller: Caller,
  { found, pick }: { found: Targets['found']; pick: number },
) => {
  const own = target.replace(OWN, ownApp(caller));
  const ids = found.get(`${caller.name} ${own.slice(0, own.indexOf(FOUND))}`) ?? [];
  return own.replace(FOUND, ids[pick % ids.length] ?? NOWHERE);
};

/** Requests for every operation of the document, each about as often. */
export const fuzzedRequest = (document: OpenApiDocument, targets: Targets): fc.Arbitrary<FuzzedRequest> => {
  const arbitraryOf = arbitraryFor(document.components.schemas, targets.known);
  const perOperation = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const { operationId, parameters = [] } = operation;
      return fc
        .record({
          path: pathOf(path, { method, operation, targets }),
          query: queryOf(parameters, arbitraryOf),
          body: bodyOf(operation, arbitraryOf),
          // By number: who is signed in changes while the requests are sent.
          who: fc.nat(),
          pick: fc.nat(),
          odd: fc.option(fc.constantFrom(...ODD_HEADERS), { freq: 3 }),
        })
        .map(({ path: target, query, body, who, pick, odd }): FuzzedRequest => {
          const able = isForAdmins(operation) ? [...targets.callers, ...targets.admins] : targets.callers;
          const caller = able[who % able.length] ?? { name: 'nobody' };
          const headers = {
            ...headersOfRequest(body.type, odd, caller),
            // As the ingress would say it: from everywhere, so that no limit per address ends the run.
            'x-real-ip': `10.${pick % 199}.${who % 251}.1`,
          };
          const sending = {
            method: method.toUpperCase(),
            path: addressOf(target, caller, { found: targets.found, pick }) + query,
            headers,
          };
          return {
            operationId,
            caller,
            sending: body.bytes === undefined ? sending : { ...sending, body: body.bytes },
          };
        });
    }),
  );
  return fc.oneof(...perOperation);
};
