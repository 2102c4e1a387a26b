// Who asks, in mode `accounts`: by the session's cookie, or by a personal access token in `Authorization: Bearer`. A
// request with a token is judged by the token alone, so a stolen page cannot ride on it and a wrong one is never saved by
// a cookie. A dead cookie proves nobody: sign-in must work with it.
import type { Request, Response } from 'express';
import type { TokenCookie } from '../auth/cookies.ts';
import { hashToken, isToken } from '../auth/tokens.ts';
import type { AccountLimits } from '../contract/account.ts';
import { ApiError } from '../errors.ts';
import type { IdentifyAccount } from '../http/account.ts';
import type { ProofStore, StoredAccount } from './account-store.ts';

/** What a personal access token begins with. */
export const TOKEN_PREFIX = 'fbr_';

/** How a request proved its account. */
export interface Proof {
  readonly kind: 'session' | 'token';
  readonly id: string;
  readonly account: StoredAccount;
}

const proofs = new WeakMap<Response, Proof>();

/** The proof of a request, or null. */
export const proofOf = (res: Response): Proof | null => proofs.get(res) ?? null;

const falseToken = (): ApiError =>
  new ApiError('unauthorized', 'This token is not valid: it is wrong, expired or revoked.', {
    headers: { 'WWW-Authenticate': 'Bearer' },
  });

// Null when there is no Bearer header; other schemes belong to whatever stands in front of us.
const bearerOf = (req: Request): string | null =>
  /^bearer +(.*)$/i.exec(req.headers.authorization ?? '')?.[1]?.trim() ?? null;

const prove = async (req: Request, store: ProofStore, cookie: TokenCookie): Promise<Proof | null> => {
  const bearer = bearerOf(req);
  if (bearer !== null) {
    const found = isToken(bearer, TOKEN_PREFIX) ? await store.findToken(hashToken(bearer)) : null;
    if (found === null) throw falseToken();
    return { kind: 'token', id: found.proofId, account: found.account };
  }
  const value = cookie.read(req.headers);
  if (value === null || !isToken(value)) return null;
  const found = await store.findSession(hashToken(value));
  return found === null ? null : { kind: 'session', id: found.proofId, account: found.account };
};

/** What identifying needs. */
export interface IdentifyParts {
  readonly proofs: ProofStore;
  readonly cookie: TokenCookie;
  readonly limitsOf: (account: StoredAccount) => AccountLimits;
}

/** Makes the identification by cookie and token. */
export const makeIdentify =
  ({ proofs: store, cookie, limitsOf }: IdentifyParts): IdentifyAccount =>
  async (req, res) => {
    const proof = await prove(req, store, cookie);
    if (proof === null) return null;
    proofs.set(res, proof);
    const { id, handle, role } = proof.account;
    return { id, owner: handle, role, limits: limitsOf(proof.account) };
  };
