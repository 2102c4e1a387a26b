// Digests that name inputs and apps. Kept out of the pure zone because hashing needs node:crypto; `observe` puts the
// results into the facts. Changing what goes in here would rebuild every app of every cluster.
import { createHash } from 'node:crypto';
import type { SourceFile } from '@faibric/crds';
import type { Stage, WatchedApp } from './facts.ts';

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** SHA-256, hexadecimal. */
export const hexDigest = (text: string): string => sha256(text).toString('hex');

/** Digest of source files, whatever their order. */
export const sourceDigest = (files: readonly SourceFile[]): string =>
  hexDigest(JSON.stringify(files.map(({ path, content }) => [path, content]).sort()));

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** App id of an app that names none: eight base32 characters of its UID's digest, 40 bits. */
export const appIdOf = (uid: string): string => {
  const bits = [...sha256(uid).subarray(0, 5)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return Array.from(
    { length: 8 },
    (_, at) => BASE32[Number.parseInt(bits.slice(at * 5, at * 5 + 5), 2)],
  ).join('');
};

/** The stages that a spec asks for. The title is no part of it: renaming an app asks no model. */
export const stagesOf = (app: Pick<WatchedApp, 'spec' | 'sourceDigest'>): Stage[] => {
  const { prompt, engine, model, changes = [] } = app.spec;
  if (app.sourceDigest)
    return [{ index: 0, digest: hexDigest(JSON.stringify(['source', app.sourceDigest])) }];
  return [undefined, ...changes].map((change, index) => {
    const asked = changes.slice(0, index).map(({ id, prompt: text }) => [id, text]);
    const digest = hexDigest(JSON.stringify(['prompt', prompt ?? '', engine, model ?? '', asked]));
    return { index, digest, change: change?.id };
  });
};
