// An OpenID provider that a test can make lie: it signs, with its own key, whatever ID token the test forges, or none. The
// honest token is what the real thing would send; a forged one differs from it in what the test says.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { listen } from '../src/http/server.ts';

/** What an ID token may be: other claims, another way to sign, or another text. */
export interface Forgery {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly sign?: 'rs256' | 'none' | 'hs256' | 'other-key';
  readonly alter?: (token: string) => string;
}

/** A provider under a test's control. */
export interface HostileIdp {
  readonly issuer: string;
  /** Who is signed in at the provider, and what the next ID token is. */
  person: JWTPayload & { sub: string };
  forgery: Forgery;
  /** The last request for an address of the provider's sign-in page. */
  readonly asked: URLSearchParams[];
  stop(): void;
}

/** The only client of the provider. */
export const CLIENT = { id: 'faibric', secret: 'the-secret-of-the-client' };

const send = (res: ServerResponse, status: number, value: unknown): void => {
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(JSON.stringify(value));
};

const bodyOf = async (req: IncomingMessage): Promise<URLSearchParams> => {
  let text = '';
  for await (const chunk of req) text += String(chunk);
  return new URLSearchParams(text);
};

/** Starts one. */
export const startHostileIdp = async (): Promise<HostileIdp> => {
  const [key, other] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')];
  const jwk = { ...(await exportJWK(key.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  const codes = new Map<string, string>();
  const asked: URLSearchParams[] = [];
  const sign = (claims: JWTPayload, how: Forgery['sign']): Promise<string> | string => {
    if (how === 'none') return new UnsecuredJWT(claims).encode();
    if (how === 'hs256') {
      // The classic: the public key, which everybody has, taken as the secret of an HMAC.
      const secret = new TextEncoder().encode(JSON.stringify(jwk));
      return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(secret);
    }
    const { privateKey } = how === 'other-key' ? other : key;
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(privateKey);
  };
  const token = async (nonce: string): Promise<string> => {
    const now = Math.floor(Date.now() / 1000);
    const honest = { iss: idp.issuer, aud: CLIENT.id, iat: now, exp: now + 60, nonce, ...idp.person };
    const { claims, sign: how, alter = (text: string) => text } = idp.forgery;
    return alter(await sign({ ...honest, ...claims }, how));
  };
  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const url = new URL(req.url ?? '/', idp.issuer);
    if (url.pathname === '/jwks') send(res, 200, { keys: [jwk] });
    else if (url.pathname === '/token') {
      const code = (await bodyOf(req)).get('code') ?? '';
      const nonce = codes.get(code);
      codes.delete(code);
      if (nonce === undefined) send(res, 400, { error: 'invalid_grant' });
      else send(res, 200, { access_token: 'x', token_type: 'bearer', id_token: await token(nonce) });
    } else if (url.pathname === '/authorize') {
      asked.push(url.searchParams);
      const code = `code-${asked.length}`;
      codes.set(code, url.searchParams.get('nonce') ?? '');
      const back = new URL(url.searchParams.get('redirect_uri') ?? '');
      back.search = String(new URLSearchParams({ code, state: url.searchParams.get('state') ?? '' }));
      res.writeHead(303, { location: back.href }).end();
    } else {
      const [authorization_endpoint, token_endpoint, jwks_uri] = ['authorize', 'token', 'jwks'].map(
        (name) => `${idp.issuer}/${name}`,
      );
      const claims = { issuer: idp.issuer, authorization_endpoint, token_endpoint, jwks_uri };
      send(res, 200, { ...claims, response_types_supported: ['code'], subject_types_supported: ['public'] });
    }
  };
  const server = createServer((req, res) => void answer(req, res));
  const port = await listen(server, 0, '127.0.0.1');
  const idp: HostileIdp = {
    issuer: `http://127.0.0.1:${port}`,
    person: { sub: 'subject-1', preferred_username: 'olga' },
    forgery: {},
    asked,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return idp;
};
