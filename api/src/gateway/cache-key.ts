// The key of a cached answer: SHA-256 over length-prefixed fields, so that no two different questions make the same text.
// The asking app is part of it where the row says that answers are the app's own. No secret is: keys are added later.
import { createHash } from 'node:crypto';
import type { UpstreamCall } from './compile-action.ts';
import type { ConfiguredService } from './registry.ts';

// Raised when the shape of what is cached changes.
const FORMAT = 3;

/** Which question. */
export interface CacheQuestion {
  readonly service: ConfiguredService;
  readonly action: string;
  readonly call: UpstreamCall;
  /** The app or account, where answers are not shared; else null. */
  readonly owner: string | null;
}

/** The key of a question. */
export const cacheKey = ({ service, action, call, owner }: CacheQuestion): string => {
  const query = Object.entries(call.query).sort(([a], [b]) => (a < b ? -1 : 1));
  const whose = owner === null ? ['shared'] : ['own', owner];
  const parts = [service.name, service.base.href, action, ...whose, call.path, ...query.flat()];
  const text = parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join('');
  return `faibric:gateway:${FORMAT}:${createHash('sha256').update(text).digest('base64url')}`;
};
