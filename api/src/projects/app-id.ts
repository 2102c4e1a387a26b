// Ids, names and hosts of apps, computed the same way as the operator does: the id is `spec.id`, else what the
// operator wrote into the status, else derived from the UID. A host is one label of at most 63 characters.
import { createHash } from 'node:crypto';
import type { FaibricApp } from '@faibric/crds';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

const base32 = (bytes: Uint8Array, length: number): string => {
  let bits = 0;
  let value = 0;
  let text = '';
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5 && text.length < length) {
      bits -= 5;
      text += BASE32[(value >> bits) & 31];
    }
    if (text.length >= length) break;
  }
  return text;
};

/** The id that an app without one gets: first 8 characters of the base32 SHA-256 of its UID. */
export const idFromUid = (uid: string): string => base32(createHash('sha256').update(uid).digest(), 8);

/** The id of an app, which keys its data and ends its host. */
export const appIdOf = (app: FaibricApp): string =>
  app.spec.id ?? app.status?.appId ?? idFromUid(app.metadata.uid);

/** Where apps get their addresses. */
export interface AddressRules {
  /** Owner of an app that names none. */
  readonly owner: string;
  readonly domain: string;
  readonly publicPort: number;
}

const LABEL_MAX = 63;

/** The host that the operator will give an app: `{owner}-{slug}-{id}.{domain}`, the slug cut to fit one label. */
export const expectedHost = (app: FaibricApp, rules: AddressRules): string => {
  if (app.spec.host !== undefined) return app.spec.host;
  const id = appIdOf(app);
  const owner = app.spec.owner ?? rules.owner;
  const { name } = app.metadata;
  const slug = name.endsWith(`-${id}`) && name.length > id.length + 1 ? name.slice(0, -id.length - 1) : name;
  const room = Math.max(1, LABEL_MAX - owner.length - id.length - 2);
  return `${owner}-${slug.slice(0, room).replace(/-+$/, '')}-${id}.${rules.domain}`;
};

/** The address of a host; the port is named only where browsers would not assume it. */
export const addressOf = (host: string, publicPort: number): string =>
  publicPort === 80 ? `http://${host}` : `http://${host}:${publicPort}`;

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const LETTERS_AND_DIGITS = `${LETTERS}0123456789`;

/** A new id: six characters, the first a letter; `randomBelow(n)` gives a whole number below n. */
export const newAppId = (randomBelow: (n: number) => number): string => {
  const pick = (alphabet: string): string => alphabet[randomBelow(alphabet.length)] ?? 'a';
  return pick(LETTERS) + Array.from({ length: 5 }, () => pick(LETTERS_AND_DIGITS)).join('');
};

// Words that say nothing about what an app is.
const FILLER = new Set(
  (
    'a an the my our your some any this that please create make build generate design develop write give me us i we want ' +
    'need would like to for of with and or in on at by from as is are be can could should will app application web ' +
    'website site page simple small little nice new good great beautiful modern live which where who has have show shows'
  ).split(' '),
);

const MAX_SLUG = 24;

/** A readable name from a prompt: its first telling words, joined (`A plant tracker with…` gives `planttracker`). */
export const slugFromPrompt = (prompt: string): string => {
  const words = prompt
    .normalize('NFKD')
    .toLowerCase()
    .replace(/['’]s\b/g, '')
    .replace(/\p{M}/gu, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !FILLER.has(word));
  const joined = words
    .slice(0, 2)
    .join('')
    .replace(/^[0-9]+/, '')
    .slice(0, MAX_SLUG);
  return joined.length >= 2 ? joined : 'app';
};
