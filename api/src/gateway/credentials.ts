// Puts a service's key where its row says, at the last moment: after the cache key was made, so that it is in no cache
// entry. Tokens of the client credentials grant (RFC 6749, section 4.4) are kept in this process only, never in Redis.
import { z } from 'zod';
import { ApiError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { UpstreamCall } from './compile-action.ts';
import type { ConfiguredService } from './registry.ts';
import type { KeyRow } from './row.ts';
import type { AskUpstream, ReadKey, UpstreamRequest } from './upstream-request.ts';

/** A request with the key in it, and every secret that an answer to it must not hold. */
export interface SignedRequest {
  readonly request: UpstreamRequest;
  readonly secrets: readonly string[];
}

/** Signs requests. */
export interface Credentials {
  sign(service: ConfiguredService, call: UpstreamCall): Promise<SignedRequest>;
  /** Names of the Secret entries that a service needs and does not have. */
  missing(service: ConfiguredService): readonly string[];
  /** Forgets a token that the upstream did not take; false when there was none to forget. */
  refused(service: ConfiguredService): boolean;
}

/** What credentials are made of. */
export interface CredentialParts {
  readonly readKey: ReadKey;
  readonly ask: AskUpstream;
  readonly now: Clock;
}

const tokenBody = z.object({ access_token: z.string().min(1), expires_in: z.number().default(3600) });
// A token is taken as gone a little before it is.
const EARLY_MS = 60_000;

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

interface Token {
  readonly value: string;
  readonly until: number;
}

const makeTokens = ({ readKey, ask, now }: CredentialParts) => {
  const known = new Map<string, Token>();
  const flights = new Map<string, Promise<string>>();
  const fetchToken = async (service: ConfiguredService, base: URL, key: KeyRow): Promise<string> => {
    const [id, secret] = [readKey(key.entry) ?? '', readKey(key.secretEntry ?? '') ?? ''];
    const answer = await ask(
      { ...service, base: new URL(base.origin) },
      {
        path: base.pathname,
        query: new URLSearchParams(),
        headers: { authorization: basic(id, secret) },
        form: new URLSearchParams({ grant_type: 'client_credentials' }),
      },
    );
    const token = answer.status === 200 ? tokenBody.safeParse(answer.body).data : undefined;
    if (token === undefined) {
      const entries = [key.entry, key.secretEntry].join(' and ');
      throw new ApiError(
        'upstream_refused',
        `${service.title} gives no token (status ${answer.status}). Check the entries ${entries} of the Secret with the service keys.`,
      );
    }
    known.set(service.name, { value: token.access_token, until: now() + token.expires_in * 1000 - EARLY_MS });
    return token.access_token;
  };
  return {
    get: async (service: ConfiguredService, base: URL, key: KeyRow): Promise<string> => {
      const token = known.get(service.name);
      if (token !== undefined && token.until > now()) return token.value;
      const running =
        flights.get(service.name) ??
        fetchToken(service, base, key).finally(() => flights.delete(service.name));
      flights.set(service.name, running);
      return running;
    },
    forget: (name: string): boolean => known.delete(name),
  };
};

interface Parts {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Record<string, string>;
}

/** Puts one key into a request. */
const place = (key: KeyRow, { value, second }: { value: string; second: string }, parts: Parts): Parts => {
  const { path, query, headers } = parts;
  switch (key.in) {
    case 'query':
      query.set(key.name ?? '', value);
      return parts;
    case 'header':
      headers[key.name ?? ''] = `${key.prefix ?? ''}${value}`;
      return parts;
    case 'bearer':
    case 'clientCredentials':
      headers.authorization = `Bearer ${value}`;
      return parts;
    case 'basic':
      headers.authorization = basic(value, second);
      return parts;
    case 'path':
      return { ...parts, path: path.replace('{key}', encodeURIComponent(value)) };
  }
};

const entriesOf = (key: KeyRow): readonly string[] =>
  key.secretEntry === undefined ? [key.entry] : [key.entry, key.secretEntry];

/** Makes the credentials. */
export const makeCredentials = (parts: CredentialParts): Credentials => {
  const tokens = makeTokens(parts);
  const read = (entry: string | undefined): string =>
    entry === undefined ? '' : (parts.readKey(entry) ?? '');
  const sign: Credentials['sign'] = async (service, call) => {
    const { key, tokenBase } = service;
    const bare: Parts = {
      path: call.path,
      query: new URLSearchParams({ ...call.query }),
      headers: { ...service.headers },
    };
    if (key === undefined || read(key.entry) === '') return { request: bare, secrets: [] };
    const [value, second] = [read(key.entry), read(key.secretEntry)];
    const token = tokenBase === null ? null : await tokens.get(service, tokenBase, key);
    const secrets = [value, second, `${value}:${second}`, token ?? ''];
    return { request: place(key, { value: token ?? value, second }, bare), secrets };
  };
  return {
    sign,
    missing: ({ key, requireKey }) =>
      key === undefined || !requireKey ? [] : entriesOf(key).filter((entry) => parts.readKey(entry) === null),
    refused: (service) => tokens.forget(service.name),
  };
};
