// Makes an action of a row ready to use: parameters in, upstream calls out; an upstream's answer in, data out. Paths
// still hold `{key}` where the key goes: it is filled in last, so it is in no cache key.
import { z } from 'zod';
import { applyMapping, atPointer } from './mapping.ts';
import { NORMALISERS, type Normaliser } from './normalisers.ts';
import { compileParameters, type Parameters, pathNames, upstreamText } from './parameters.ts';
import type { ActionRow } from './row.ts';

/** One call to an upstream. `key` names it in answers, for example the symbol. */
export interface UpstreamCall {
  readonly key: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

/** A request that was checked and is ready to be made. */
export interface Prepared {
  readonly calls: readonly UpstreamCall[];
  /** Turns one upstream answer into what is cached; throws when it has not the documented shape. */
  readonly parse: (body: unknown, call: UpstreamCall) => unknown;
  /** False for what is no item of this action: garbage in a cache. */
  readonly accepts: (item: unknown) => boolean;
  /** Turns the items, and the keys that the upstream does not know, into `data` of the answer. */
  readonly combine: (items: readonly unknown[], missing: readonly string[]) => unknown;
}

/** An action, ready to use. */
export interface ServiceAction extends ActionRow {
  /** Checks the parameters (a ZodError tells what is wrong) and gives what to call. */
  readonly prepare: (params: object) => Prepared;
}

const plain: Normaliser = {
  item: z.unknown(),
  parse: (body) => body,
  combine: (items, missing) => (items.length === 1 && missing.length === 0 ? items[0] : { items, missing }),
};

const normaliserOf = (row: ActionRow): Normaliser => {
  const { select } = row;
  if (select !== undefined) return { ...plain, parse: (body) => applyMapping(select, body) };
  return NORMALISERS.get(row.normaliser ?? '') ?? plain;
};

const fillPath = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replaceAll(/\{([A-Za-z0-9_]+)\}/g, (whole, name: string) => {
    if (name === 'key') return whole;
    const value = values[name];
    if (value === undefined || value === '') throw new Error(`the path template has no value for ${name}`);
    return encodeURIComponent(value);
  });

const fixedQuery = (row: ActionRow, params: Parameters): Record<string, string> =>
  Object.fromEntries(
    Object.entries(row.query).flatMap(([name, fixed]) => {
      if (typeof fixed === 'string') return [[name, fixed]];
      const value = fixed.is[String(params[fixed.by])];
      return value === undefined ? [] : [[name, value]];
    }),
  );

const makeCall = (row: ActionRow, params: Parameters, key: string): UpstreamCall => {
  const texts: Record<string, string> = {};
  const query = fixedQuery(row, params);
  const inPath = new Set(pathNames(row.path));
  for (const [name, value] of Object.entries(params)) {
    const parameter = row.parameters[name];
    if (parameter === undefined) continue;
    texts[name] = upstreamText(parameter, value);
    if (!inPath.has(name)) query[parameter.as ?? name] = texts[name];
  }
  return { key, path: fillPath(row.path, texts), query };
};

const callsOf = (row: ActionRow, params: Parameters): readonly UpstreamCall[] => {
  const fanned = Object.entries(row.parameters).find(([, parameter]) => parameter.each)?.[0];
  const items = fanned === undefined ? undefined : params[fanned];
  if (fanned === undefined || typeof items !== 'object') return [makeCall(row, params, '')];
  return items.map((item) => makeCall(row, { ...params, [fanned]: item }, item));
};

const failureOf = (row: ActionRow, body: unknown): ActionRow['failures'][number] | undefined =>
  row.failures.find(({ at, equals }) => {
    const found = atPointer(body, at);
    return equals === undefined ? found !== undefined : found === equals;
  });

/** What an action's `parse` throws when the upstream says with status 200 that it has no answer. */
export class UpstreamSaysNo extends Error {
  readonly code: ActionRow['failures'][number]['code'];

  constructor(code: ActionRow['failures'][number]['code']) {
    super(code);
    this.code = code;
  }
}

/** Makes an action ready to use. */
export const compileAction = (row: ActionRow): ServiceAction => {
  const check = compileParameters(row);
  const { item, parse, combine } = normaliserOf(row);
  return {
    ...row,
    prepare: (raw) => {
      const params = check(raw);
      return {
        calls: callsOf(row, params),
        parse: (body, call) => {
          const failure = failureOf(row, body);
          if (failure !== undefined) throw new UpstreamSaysNo(failure.code);
          return parse(body, { key: call.key, params });
        },
        accepts: (found) => item.safeParse(found).success,
        combine: (items, missing) => combine(items, missing, params),
      };
    },
  };
};
