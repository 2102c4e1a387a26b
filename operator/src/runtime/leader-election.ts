// Leader election by a Lease, client-go's rules: 15 s lease, 10 s to renew it, a try every 2 s. The leader
// fences itself: when it could not renew for 10 s it aborts everything it runs, 5 s before anyone else may
// take over. All of it is measured by a monotonic clock and by what we observed ourselves, never by times
// that another machine wrote.
import { type Clock, sleep, systemClock } from './clock.ts';
import type { KubeClient } from './kube-client.ts';
import { type Lease, type LeaseSpec, readLease, writeLease } from './lease.ts';
import { type Logger, silentLogger } from './logger.ts';
import type { RuntimeMetrics } from './metrics.ts';
import { microTime } from './micro-time.ts';

/** Which lease, who we are, and the three times. */
export interface LeaderElectionOptions {
  client: KubeClient;
  namespace: string;
  name: string;
  /** Unique to this process, e.g. pod name and a random part. */
  identity: string;
  leaseMs?: number;
  renewDeadlineMs?: number;
  retryMs?: number;
  clock?: Clock;
  random?: () => number;
  logger?: Logger;
  metrics?: RuntimeMetrics;
}

/**
 * What a leader does until its signal aborts; it must end soon after. `isCurrent` asks the clock: after a
 * pause of the whole process it is false at once, before any timer had a chance to abort the signal.
 */
export type Lead = (signal: AbortSignal, isCurrent: () => boolean) => Promise<void>;

/**
 * Waits for the lease, leads, and gives the lease back. `stopped`: `lead` ended by itself, or `signal`
 * aborted. `lost`: the lease could not be renewed; the caller should let the process end.
 */
export async function runAsLeader(
  options: LeaderElectionOptions,
  lead: Lead,
  signal: AbortSignal,
): Promise<'stopped' | 'lost'> {
  const elector = new Elector(options);
  if (!(await elector.acquire(signal))) return 'stopped';
  const fence = new AbortController();
  const stop = (): void => fence.abort(new Error('the process is stopping'));
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const ended = new AbortController();
  const leading = lead(fence.signal, () => elector.isCurrent()).finally(() => ended.abort());
  const lost = elector.renewUntil(ended.signal).then((kept) => {
    if (!kept) fence.abort(new Error('leadership was lost'));
    return !kept;
  });
  try {
    await leading;
    return (await lost) ? 'lost' : 'stopped';
  } finally {
    await lost;
    signal.removeEventListener('abort', stop);
    await elector.release();
  }
}

// How long giving the lease back may take; after that it runs out by itself.
const releaseMs = 3_000;

class Elector {
  readonly #options: LeaderElectionOptions;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #leaseMs: number;
  readonly #renewDeadlineMs: number;
  readonly #retryMs: number;
  #held: Lease | undefined;
  #renewedAt = 0;
  /** The version of the lease we last saw, and when on our clock it appeared and will have run out. */
  #observed: { version: string | undefined; since: number; ranOutAt: number } | undefined;

  constructor(options: LeaderElectionOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#logger = options.logger ?? silentLogger;
    this.#leaseMs = options.leaseMs ?? 15_000;
    this.#renewDeadlineMs = options.renewDeadlineMs ?? 10_000;
    this.#retryMs = options.retryMs ?? 2_000;
    options.metrics?.leading(options.name, false);
  }

  /** Resolves true with the lease held, false when the signal aborted first. */
  async acquire(signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      if (await this.#try(() => this.#tryAcquire(signal))) {
        this.#options.metrics?.leading(this.#options.name, true);
        this.#logger.info(this.#fields(), 'became leader');
        return true;
      }
      // A rival's lease is tried the moment it runs out, not up to a whole interval later.
      const untilFree = (this.#observed?.ranOutAt ?? 0) - this.#clock.now();
      await this.#wait(signal, untilFree > 0 ? untilFree : Number.POSITIVE_INFINITY);
    }
    return false;
  }

  /** True while the lease was renewed recently enough for nobody else to hold it. */
  isCurrent(): boolean {
    return this.#held !== undefined && this.#overdue() > 0;
  }

  /** Renews until the signal aborts (true: still held) or the renewal is overdue (false). */
  async renewUntil(signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      await this.#wait(signal, this.#overdue());
      if (signal.aborted) return true;
      // Already overdue after the wait: renewals failed, or the whole process was paused. Somebody else may
      // lead by now, so this must not begin with a new try.
      if (this.#overdue() <= 0) return this.#lose('the lease was not renewed in time');
      await this.#within(this.#overdue(), signal, (cut) => this.#renew(cut));
      if (this.#held === undefined) return this.#lose('another process holds the lease');
    }
    return true;
  }

  /** Frees the lease so that the next leader need not wait for it to run out. */
  async release(): Promise<void> {
    this.#options.metrics?.leading(this.#options.name, false);
    if (this.#held === undefined) return;
    const spec = { ...this.#held.spec, holderIdentity: '', leaseDurationSeconds: 1 };
    const base = this.#held;
    const released = await this.#within(releaseMs, undefined, (cut) => this.#write(base, spec, cut));
    this.#held = undefined;
    this.#logger.info({ ...this.#fields(), released }, 'gave up leadership');
  }

  async #tryAcquire(signal: AbortSignal): Promise<boolean> {
    const { namespace, name, identity, client } = this.#options;
    const found = await readLease(client, { namespace, name }, signal);
    const now = this.#clock.now();
    const version = found?.metadata.resourceVersion;
    const durationMs = Math.max(this.#leaseMs, (found?.spec.leaseDurationSeconds ?? 0) * 1000);
    const since = this.#observed?.version === version ? (this.#observed?.since ?? now) : now;
    this.#observed = { version, since, ranOutAt: since + durationMs };
    const holder = found?.spec.holderIdentity ?? '';
    if (holder !== '' && holder !== identity && now < since + durationMs) return false;
    const transitions = (found?.spec.leaseTransitions ?? 0) + (holder === identity || !found ? 0 : 1);
    const spec = { acquireTime: microTime(this.#clock.date()), leaseTransitions: transitions };
    return await this.#write(found, spec, signal);
  }

  // A call that hangs must not outlive its time, else the leader would fence itself too late.
  async #within(
    ms: number,
    signal: AbortSignal | undefined,
    step: (cut: AbortSignal) => Promise<boolean>,
  ): Promise<boolean> {
    const cut = new AbortController();
    const abort = (): void => cut.abort();
    const timer = this.#clock.after(ms, abort);
    signal?.addEventListener('abort', abort, { once: true });
    const done = await this.#try(() => step(cut.signal));
    timer.cancel();
    signal?.removeEventListener('abort', abort);
    return done;
  }

  async #renew(signal: AbortSignal): Promise<boolean> {
    if (await this.#write(this.#held, this.#held?.spec ?? {}, signal)) return true;
    // Refused: an answer of ours was lost on its way (then the lease is still ours), or somebody took it.
    const { namespace, name, identity, client } = this.#options;
    const found = await readLease(client, { namespace, name }, signal);
    if (found?.spec.holderIdentity !== identity) {
      this.#held = undefined;
      return false;
    }
    return await this.#write(found, found.spec, signal);
  }

  async #write(base: Lease | undefined, spec: LeaseSpec, signal?: AbortSignal): Promise<boolean> {
    const { namespace, name, identity, client } = this.#options;
    // The lease is held from before the request was sent: the server may act on it at once.
    const sentAt = this.#clock.now();
    const metadata = base?.metadata ?? { namespace, name };
    const renewed: LeaseSpec = {
      holderIdentity: identity,
      leaseDurationSeconds: Math.ceil(this.#leaseMs / 1000),
      ...spec,
      renewTime: microTime(this.#clock.date()),
    };
    const written = await writeLease(client, { metadata, spec: renewed }, signal);
    if (written === undefined) return false;
    this.#held = written;
    this.#renewedAt = sentAt;
    return true;
  }

  #overdue(): number {
    return this.#renewedAt + this.#renewDeadlineMs - this.#clock.now();
  }

  #lose(why: string): false {
    // Kept: when the server is merely slow the lease is still ours and release can give it back.
    this.#options.metrics?.leading(this.#options.name, false);
    this.#logger.error({ ...this.#fields(), why }, 'lost leadership');
    return false;
  }

  async #try(step: () => Promise<boolean>): Promise<boolean> {
    try {
      return await step();
    } catch (error) {
      this.#logger.warn({ err: error, ...this.#fields() }, 'the lease could not be read or written');
      return false;
    }
  }

  async #wait(signal: AbortSignal, atMostMs = Number.POSITIVE_INFINITY): Promise<void> {
    const jitter = 1 + 0.2 * (this.#options.random ?? Math.random)();
    await sleep(this.#clock, Math.max(0, Math.min(this.#retryMs * jitter, atMostMs)), signal);
  }

  #fields(): Record<string, unknown> {
    const { name, namespace, identity } = this.#options;
    return { lease: `${namespace}/${name}`, identity };
  }
}
