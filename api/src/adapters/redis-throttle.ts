// Counters of the throttle in Redis, shared by all replicas. Looking and counting is one script, so that tries at the same
// moment at two replicas are two tries. A Redis that is away, or too old for a command, gives null: the caller then counts
// in its own process.
import { z } from 'zod';
import type { ThrottleStore } from '../auth/throttle.ts';
import type { RunScript } from './redis.ts';

const PREFIX = 'faibric:throttle:';

// ARGV: the time, then free, baseMs, capMs and forgetMs for each key. Mirrors pauseAfter in auth/throttle.ts.
const TAKE = `
local now = tonumber(ARGV[1])
local wait = 0
for i, key in ipairs(KEYS) do
  local left = tonumber(redis.call('HGET', key, 'until') or '0') - now
  wait = math.max(wait, math.min(left, tonumber(ARGV[4 * i])))
end
if wait > 0 then return math.ceil(wait) end
for i, key in ipairs(KEYS) do
  local tries = redis.call('HINCRBY', key, 'tries', 1)
  local over = tries - tonumber(ARGV[4 * i - 2])
  local pause = 0
  if over >= 0 then
    pause = math.min(tonumber(ARGV[4 * i]), tonumber(ARGV[4 * i - 1]) * 2 ^ math.min(over, 30))
  end
  redis.call('HSET', key, 'until', string.format('%.0f', now + pause))
  redis.call('PEXPIRE', key, ARGV[4 * i + 1])
end
return 0`;

// KEYS: the known one, those to forget, those to give a try back. ARGV: until when it is known, how many to forget.
const SETTLE = `
redis.call('SET', KEYS[1], '1', 'PXAT', ARGV[1])
for i = 2, #KEYS do
  if i <= 1 + tonumber(ARGV[2]) then
    redis.call('DEL', KEYS[i])
  elseif tonumber(redis.call('HGET', KEYS[i], 'tries') or '0') > 0 then
    redis.call('HINCRBY', KEYS[i], 'tries', -1)
  end
end
return 0`;

const IS_KNOWN = `return redis.call('EXISTS', KEYS[1])`;

const count = z.number().int().nullable();
const prefixed = (keys: readonly string[]): string[] => keys.map((key) => PREFIX + key);

/** Makes the store. */
export const makeRedisThrottle = (run: RunScript): ThrottleStore => ({
  take: async (counters, now) => {
    const rules = counters.flatMap(({ pauses }) => [
      ...[pauses.free, pauses.baseMs],
      ...[pauses.capMs, pauses.forgetMs],
    ]);
    const keys = prefixed(counters.map(({ key }) => key));
    return count.parse(await run(TAKE, keys, [now, ...rules]));
  },
  settle: async ({ forget, giveBack, known }) => {
    await run(SETTLE, prefixed([known.key, ...forget, ...giveBack]), [known.until, forget.length]);
  },
  isKnown: async (key) => {
    const found = count.parse(await run(IS_KNOWN, prefixed([key]), []));
    return found === null ? null : found > 0;
  },
});
