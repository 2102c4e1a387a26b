// Signing in with an OpenID Connect provider: authorization code with PKCE, state and nonce, all by openid-client. An
// account is found by issuer and subject alone; e-mail addresses and names from a provider are claims of somebody and
// prove nothing here. The provider is discovered at the first use, so that one that is away does not keep us from starting.
import * as client from 'openid-client';
import { hashToken, newToken } from '../auth/tokens.ts';
import { ApiError } from '../errors.ts';
import type { Log } from '../ports.ts';
import type { AccountStore, Admission, OidcIdentity } from './account-store.ts';
import { handleCandidates } from './handle-candidates.ts';
import type { NoteEvent } from './security-events.ts';
import { isReservedHandle, type Origin, type SignUpRules } from './sign-in.ts';

/** The provider, and what we take from it. */
export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | null;
  /** Shown on the button. */
  readonly name: string;
  readonly scopes: string;
  /** Claim with the names of groups; with `adminGroup` it decides the role at every sign-in. */
  readonly groupsClaim: string;
  readonly adminGroup: string | null;
  /** Makes an account for whoever has none. */
  readonly createAccounts: boolean;
  readonly redirectUri: string;
}

/** A sign-in under way. */
export interface OidcFlow {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Where sign-ins under way are kept. */
export interface OidcFlowStore {
  begin(tokenHash: Buffer, flow: OidcFlow): Promise<void>;
  /** Gives the flow once, while it is young. */
  take(tokenHash: Buffer): Promise<OidcFlow | null>;
}

/** What signing in with a provider is made of. */
export interface OidcParts {
  readonly settings: OidcSettings;
  readonly flows: OidcFlowStore;
  readonly store: AccountStore;
  readonly note: NoteEvent;
  readonly rules: SignUpRules;
  readonly log: Log;
}

/** Signing in with a provider. */
export interface Oidc {
  readonly name: string;
  /** Gives the provider's address and the value of the cookie that the callback must bring. */
  begin(): Promise<{ readonly url: string; readonly token: string }>;
  /** Checks what the provider sent; gives the account's id. `search` is the callback's query with its `?`. */
  finish(callback: { readonly token: string | null; readonly search: string }, from: Origin): Promise<string>;
}

const TIMEOUT_SECONDS = 5;
const FLOW_LIMIT = 12;

const providerAway = (log: Log, error: unknown): ApiError => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  log.warn({ code }, 'the OpenID provider does not answer');
  return new ApiError('unavailable', 'The sign-in provider does not answer. Try again in a moment.', {
    retryAfter: 5,
    cause: error,
  });
};

const refused = (log: Log, error: unknown): ApiError => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  log.warn({ code }, 'a sign-in through the OpenID provider was refused');
  return new ApiError('wrong_credentials', 'The sign-in could not be verified. Start again.', {
    cause: error,
  });
};

/** Finds the provider's addresses and keys, once; again after a failure. */
const makeDiscovery = ({ issuer, clientId, clientSecret }: OidcSettings, log: Log) => {
  let found: Promise<client.Configuration> | null = null;
  const discover = (): Promise<client.Configuration> =>
    client.discovery(
      new URL(issuer),
      clientId,
      undefined,
      clientSecret === null ? client.None() : client.ClientSecretPost(clientSecret),
      {
        timeout: TIMEOUT_SECONDS,
        execute: [
          // The signature of the ID token is checked too, although it came over a connection of our own.
          client.enableNonRepudiationChecks,
          ...(issuer.startsWith('http://') ? [client.allowInsecureRequests] : []),
        ],
      },
    );
  return async (): Promise<client.Configuration> => {
    found ??= discover();
    try {
      return await found;
    } catch (error) {
      found = null;
      throw providerAway(log, error);
    }
  };
};

const isAway = (error: unknown): boolean =>
  error instanceof TypeError ||
  (error instanceof Error && 'code' in error && error.code === 'OAUTH_TIMEOUT') ||
  (error instanceof Error && error.name === 'TimeoutError');

const verifiedClaims = async (
  config: client.Configuration,
  { settings, log }: OidcParts,
  { flow, search }: { readonly flow: OidcFlow; readonly search: string },
): Promise<client.IDToken> => {
  const url = new URL(settings.redirectUri);
  url.search = search;
  try {
    const tokens = await client.authorizationCodeGrant(config, url, {
      pkceCodeVerifier: flow.verifier,
      expectedState: flow.state,
      expectedNonce: flow.nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) throw new Error('no ID token');
    return claims;
  } catch (error) {
    throw isAway(error) ? providerAway(log, error) : refused(log, error);
  }
};

const roleFrom = (claims: client.IDToken, { adminGroup, groupsClaim }: OidcSettings) => {
  if (adminGroup === null) return null;
  const groups = claims[groupsClaim];
  return Array.isArray(groups) && groups.includes(adminGroup) ? 'admin' : 'user';
};

const nameFrom = ({ name }: client.IDToken): string | null =>
  typeof name === 'string' && /^[^\p{Cc}\p{Cs}]{1,80}$/u.test(name) ? name : null;

/** Makes the account of a newcomer, under the first handle of its claims that is free. */
const makeAccount = async (
  { store, rules, settings }: OidcParts,
  claims: client.IDToken,
  identity: OidcIdentity,
): Promise<string> => {
  if (!settings.createAccounts) {
    throw new ApiError('forbidden', 'There is no account for this sign-in here.');
  }
  const admission: Admission = { identity, role: roleFrom(claims, settings) ?? 'user' };
  for (const handle of handleCandidates(claims, FLOW_LIMIT)) {
    if (isReservedHandle(handle) || handle === rules.defaultOwner || rules.ownerInUse(handle)) continue;
    const outcome = await store.signUp({ handle, name: nameFrom(claims), passwordHash: null }, admission);
    if (outcome.kind === 'ok') return outcome.id;
  }
  throw new ApiError('conflict', 'No free handle was found. Try again.');
};

const accountOf = async (parts: OidcParts, claims: client.IDToken, from: Origin): Promise<string> => {
  const { store, note, settings } = parts;
  const identity = { issuer: claims.iss, subject: claims.sub };
  const event = { address: from.address, detail: { provider: settings.name } };
  const known = await store.findByIdentity(identity);
  if (known === null) {
    const id = await makeAccount(parts, claims, identity);
    await note({ event: 'signed_up', accountId: id, actorId: id, ...event });
    return id;
  }
  if (known.disabled) {
    await note({ event: 'sign_in_failed', accountId: known.id, actorId: null, ...event });
    throw new ApiError('forbidden', 'The account is disabled.');
  }
  const role = roleFrom(claims, settings);
  if (role !== null) await store.setRole(known.id, role);
  await note({ event: 'signed_in', accountId: known.id, actorId: known.id, ...event });
  return known.id;
};

/** Makes signing in with a provider. */
export const makeOidc = (parts: OidcParts): Oidc => {
  const { settings, flows, log } = parts;
  const provider = makeDiscovery(settings, log);
  return {
    name: settings.name,
    begin: async () => {
      const config = await provider();
      const verifier = client.randomPKCECodeVerifier();
      const flow = { state: client.randomState(), nonce: client.randomNonce(), verifier };
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: settings.redirectUri,
        scope: settings.scopes,
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      const token = newToken();
      await flows.begin(hashToken(token), flow);
      return { url: url.href, token };
    },
    finish: async ({ token, search }, from) => {
      const flow = token === null ? null : await flows.take(hashToken(token));
      if (flow === null) throw refused(log, new Error('no sign-in is under way in this browser'));
      const claims = await verifiedClaims(await provider(), parts, { flow, search });
      return accountOf(parts, claims, from);
    },
  };
};
