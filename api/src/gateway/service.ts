// What a gateway service is: data plus two pure functions per action. Paths and queries are templates that
// parameters are encoded into, so no parameter can change the host, add a path segment or shadow the key.
import { z } from 'zod';

/** One call to an upstream. `key` names it in answers, for example the symbol. */
export interface UpstreamCall {
  readonly key: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

/** What the calls of one request gave: normalised items by call, and the keys that the upstream does not know. */
export interface Gathered {
  readonly items: readonly unknown[];
  readonly missing: readonly string[];
}

/** A request that was checked and is ready to be made. */
export interface Prepared {
  readonly calls: readonly UpstreamCall[];
  /** Turns one upstream answer into what is cached; throws when the answer has not the documented shape. */
  readonly parse: (body: unknown, call: UpstreamCall) => unknown;
  /** Turns the items into `data` of the answer. */
  readonly combine: (gathered: Gathered) => unknown;
}

/** An action of a service. */
export interface ServiceAction {
  readonly description: string;
  readonly example: Readonly<Record<string, unknown>>;
  readonly ttlSeconds: number;
  /** Checks the parameters (a ZodError tells what is wrong) and gives what to call. */
  readonly prepare: (params: unknown) => Prepared;
}

/** Where a service takes its key from, and where it puts it. */
export interface ServiceKey {
  /** Entry of the Secret with the service keys. */
  readonly entry: string;
  /** Query parameter that carries it. */
  readonly parameter: string;
}

/** A service. */
export interface Service {
  readonly name: string;
  readonly title: string;
  readonly baseUrl: string;
  readonly key?: ServiceKey;
  readonly defaultAction: string;
  readonly actions: Readonly<Record<string, ServiceAction>>;
}

/** How an action is described; `P` is its parameters after parsing, `I` one normalised item. */
export interface ActionShape<P, I> {
  readonly description: string;
  readonly example: Readonly<Record<string, unknown>>;
  readonly ttlSeconds: number;
  readonly params: z.ZodType<P>;
  readonly item: z.ZodType<I>;
  readonly calls: (params: P) => readonly UpstreamCall[];
  readonly parse: (body: unknown, call: UpstreamCall, params: P) => I;
  readonly combine: (items: readonly I[], missing: readonly string[], params: P) => unknown;
}

/** Makes an action; items that come back from a cache are parsed against `item` again. */
export const action = <P, I>(shape: ActionShape<P, I>): ServiceAction => ({
  description: shape.description,
  example: shape.example,
  ttlSeconds: shape.ttlSeconds,
  prepare: (raw) => {
    const params = shape.params.parse(raw);
    return {
      calls: shape.calls(params),
      parse: (body, call) => shape.parse(body, call, params),
      combine: ({ items, missing }) => shape.combine(z.array(shape.item).parse(items), missing, params),
    };
  },
});

/** Fills `{name}` in a path template; values are encoded whole, so they stay within their segment. */
export const fillPath = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replaceAll(/\{([a-z]+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined || value === '' || value === '.' || value === '..') {
      throw new Error(`the path template has no usable value for ${name}`);
    }
    return encodeURIComponent(value);
  });
