// Visitors: a browser without an account, told apart by a random id that we signed for one app. The signature is over the
// app's id as well, so a cookie of one app is worth nothing at another, and nobody can choose or guess an identity.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Makes and reads visitor cookies. */
export interface Visitors {
  /** The author text of a cookie's value, or null when we did not sign it for this app. */
  authorOf(appId: string, value: string | null): string | null;
  /** A new visitor and the value of the cookie that proves it. */
  newVisitor(appId: string): { readonly author: string; readonly value: string };
}

const ID_BYTES = 18;
// 18 random bytes and 32 of HMAC-SHA-256, both in base64url without padding.
const VALUE = /^([A-Za-z0-9_-]{24})\.([A-Za-z0-9_-]{43})$/;

/** Makes the visitors of an installation; whoever has the secret can make any visitor. */
export const makeVisitors = (secret: string): Visitors => {
  // The lengths are fixed and an app id has no dot, so no two pairs give the same text.
  const sign = (appId: string, id: string): Buffer =>
    createHmac('sha256', secret).update(`faibric-visitor.${appId}.${id}`).digest();
  return {
    authorOf: (appId, value) => {
      const match = VALUE.exec(value ?? '');
      const [, id = '', signature = ''] = match ?? [];
      if (match === null || !timingSafeEqual(Buffer.from(signature, 'base64url'), sign(appId, id)))
        return null;
      return `v:${id}`;
    },
    newVisitor: (appId) => {
      const id = randomBytes(ID_BYTES).toString('base64url');
      return { author: `v:${id}`, value: `${id}.${sign(appId, id).toString('base64url')}` };
    },
  };
};
