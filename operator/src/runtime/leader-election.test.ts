// Electors against each other and against an API server that fails, on a clock that the test moves.
import { describe, expect, test } from 'vitest';
import { createFakeClock, type FakeClock, settle } from '../../test/fake-clock.ts';
import { createMemoryLeases, type MemoryLeases } from '../../test/memory-leases.ts';
import { fencedClient } from './fenced-client.ts';
import { runAsLeader } from './leader-election.ts';

interface Candidate {
  client: ReturnType<MemoryLeases['client']>;
  abort: AbortController;
  leading: boolean;
  since: number | undefined;
  fenced: string | undefined;
  isCurrent: () => boolean;
  outcome: 'stopped' | 'lost' | undefined;
  end: () => void;
}

function aCandidate(identity: string, leases: MemoryLeases, clock: FakeClock): Candidate {
  const client = leases.client();
  const done = Promise.withResolvers<void>();
  const candidate: Candidate = {
    client,
    abort: new AbortController(),
    leading: false,
    since: undefined,
    fenced: undefined,
    isCurrent: () => false,
    outcome: undefined,
    end: done.resolve,
  };
  const lead = async (signal: AbortSignal, isCurrent: () => boolean): Promise<void> => {
    Object.assign(candidate, { leading: true, since: clock.now(), isCurrent });
    const aborted = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve());
    });
    await Promise.race([aborted, done.promise]);
    if (signal.aborted) candidate.fenced = (signal.reason as Error).message;
    candidate.leading = false;
  };
  const options = { client, namespace: 'ns', name: 'operator', identity, clock, random: () => 0.5 };
  void runAsLeader(options, lead, candidate.abort.signal).then((outcome) => {
    candidate.outcome = outcome;
  });
  return candidate;
}

test('one of two candidates leads, renews, and writes times with six digits', async () => {
  const clock = createFakeClock();
  const leases = createMemoryLeases();
  const a = aCandidate('a', leases, clock);
  const b = aCandidate('b', leases, clock);
  await clock.advance(60_000);
  expect([a.leading, b.leading].filter(Boolean)).toHaveLength(1);
  const spec = leases.current()?.spec;
  expect(spec?.leaseDurationSeconds).toBe(15);
  expect(spec?.renewTime).toMatch(/T\d\d:\d\d:\d\d\.\d{6}Z$/);
  expect(spec?.acquireTime).toMatch(/\.\d{6}Z$/);
});

test('a leader that dies is followed within 17 s', async () => {
  const clock = createFakeClock();
  const leases = createMemoryLeases();
  const a = aCandidate('a', leases, clock);
  await settle();
  const b = aCandidate('b', leases, clock);
  await clock.advance(30_000);
  expect(a.leading).toBe(true);
  // Death: nothing of a's reaches the server any more.
  a.client.fault = 'unavailable';
  const died = clock.now();
  await clock.advance(17_500);
  expect(b.leading).toBe(true);
  expect((b.since ?? 0) - died).toBeLessThanOrEqual(17_000);
  expect(leases.current()?.spec.leaseTransitions).toBe(1);
});

test('a leader that stops in peace is followed at the next try', async () => {
  const clock = createFakeClock();
  const leases = createMemoryLeases();
  const a = aCandidate('a', leases, clock);
  await settle();
  const b = aCandidate('b', leases, clock);
  await clock.advance(10_000);
  a.end();
  await settle();
  expect(a.outcome).toBe('stopped');
  expect(leases.current()?.spec.holderIdentity).toBe('');
  await clock.advance(3000);
  expect(b.leading).toBe(true);
});

describe('self-fencing', () => {
  test.each(['unavailable', 'hang'] as const)(
    'a server that is %s: aborted before anyone else may lead',
    async (fault) => {
      const clock = createFakeClock();
      const leases = createMemoryLeases();
      const a = aCandidate('a', leases, clock);
      await clock.advance(20_000);
      a.client.fault = fault;
      await clock.advance(10_100);
      expect(a.fenced).toBe('leadership was lost');
      a.client.fault = 'none';
      await clock.advance(5000);
      expect(a.outcome).toBe('lost');
    },
  );

  test('an outage shorter than the deadline is ridden out', async () => {
    const clock = createFakeClock();
    const a = aCandidate('a', createMemoryLeases(), clock);
    await clock.advance(20_000);
    a.client.fault = 'unavailable';
    await clock.advance(7000);
    a.client.fault = 'none';
    await clock.advance(60_000);
    expect(a.leading).toBe(true);
    expect(a.fenced).toBeUndefined();
  });

  test('an answer that was lost does not lose the lease', async () => {
    const clock = createFakeClock();
    const a = aCandidate('a', createMemoryLeases(), clock);
    await clock.advance(20_000);
    a.client.fault = 'loseAnswer';
    await clock.advance(2500);
    a.client.fault = 'none';
    await clock.advance(60_000);
    expect(a.leading).toBe(true);
  });

  test('a process paused for 20 s knows at once that it may no longer write', async () => {
    const clock = createFakeClock();
    const leases = createMemoryLeases();
    const a = aCandidate('a', leases, clock);
    await clock.advance(10_000);
    expect(a.isCurrent()).toBe(true);
    let wrote = false;
    const apply = async (): Promise<void> => {
      wrote = true;
    };
    const inner = { apply } as never;
    const fenced = fencedClient(inner, () => a.isCurrent());
    const jumped = clock.jump(20_000);
    // Before any timer of the woken process has fired:
    await expect(fenced.apply({} as never, {} as never)).rejects.toMatchObject({
      failure: { kind: 'aborted' },
    });
    expect(wrote).toBe(false);
    await jumped;
    await clock.advance(1);
    expect(a.outcome).toBe('lost');
  });
});

test('never two at a time, whatever fails', async () => {
  const clock = createFakeClock();
  const leases = createMemoryLeases();
  let candidates = ['a', 'b', 'c'].map((name) => aCandidate(name, leases, clock));
  const faults = ['none', 'unavailable', 'hang', 'loseAnswer', 'none', 'none'] as const;
  let led = 0;
  for (let step = 0; step < 400; step += 1) {
    const victim = candidates[(step * 7) % 3];
    if (victim && step % 3 === 0) victim.client.fault = faults[(step * 5) % faults.length] ?? 'none';
    await clock.advance(700);
    const current = candidates.filter(({ leading, isCurrent }) => leading && isCurrent());
    expect(current.length).toBeLessThanOrEqual(1);
    led += current.length;
    candidates = candidates.map((one, i) =>
      one.outcome ? aCandidate(`${'abc'[i]}${step}`, leases, clock) : one,
    );
  }
  expect(led).toBeGreaterThan(100);
});

test('stopping while waiting for the lease ends without having led', async () => {
  const clock = createFakeClock();
  const leases = createMemoryLeases();
  const a = aCandidate('a', leases, clock);
  await settle();
  const b = aCandidate('b', leases, clock);
  await clock.advance(5000);
  b.abort.abort();
  await clock.advance(3000);
  expect(b.outcome).toBe('stopped');
  expect(b.since).toBeUndefined();
  expect(a.leading).toBe(true);
});
