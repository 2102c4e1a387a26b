// Workers, results, time limits and shutting down, on a clock that the test moves.
import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { createFakeClock, type FakeClock, settle } from '../../test/fake-clock.ts';
import {
  type Controller,
  type ControllerOptions,
  createController,
  type Reconcile,
  TerminalError,
} from './controller.ts';
import { KubeError } from './kube-error.ts';
import { createRuntimeMetrics } from './metrics.ts';

interface Harness {
  controller: Controller;
  clock: FakeClock;
  abort: AbortController;
  registry: Registry;
  running: Promise<void>;
}

async function running(reconcile: Reconcile, options: Partial<ControllerOptions> = {}): Promise<Harness> {
  const clock = createFakeClock();
  const registry = new Registry();
  const metrics = createRuntimeMetrics(registry);
  const queue = { backoff: { jitter: 0 } };
  const controller = createController({ name: 'apps', reconcile, clock, metrics, queue, ...options });
  const abort = new AbortController();
  const runs = controller.run(abort.signal);
  await settle();
  return { controller, clock, abort, registry, running: runs };
}

async function metric(
  registry: Registry,
  name: string,
  labels: Record<string, string> = {},
): Promise<number> {
  const found = await registry.getSingleMetric(name)?.get();
  const matching = (found?.values ?? []).filter((value) =>
    Object.entries(labels).every(([label, text]) => value.labels[label] === text),
  );
  return matching.reduce((sum, { value }) => sum + value, 0);
}

describe('results', () => {
  test('nothing returned: the key rests until it is added again', async () => {
    const keys: string[] = [];
    const { controller, clock, registry } = await running(async (key) => void keys.push(key) as undefined);
    controller.enqueue('ns/a');
    await clock.advance(3_600_000);
    expect(keys).toEqual(['ns/a']);
    expect(await metric(registry, 'controller_runtime_reconcile_total', { result: 'success' })).toBe(1);
  });

  test('requeueAfterMs: the key comes again after that time', async () => {
    const times: number[] = [];
    const { controller, clock } = await running(async () => {
      times.push(clock.now());
      return { requeueAfterMs: 250 };
    });
    controller.enqueue('a');
    await clock.advance(1000);
    expect(times).toEqual([0, 250, 500, 750, 1000]);
  });

  test('a throw: the key comes again after its back-off, and is told how often it has failed', async () => {
    const seen: Array<[number, number]> = [];
    const { controller, clock, registry } = await running(async (_, { failures }) => {
      seen.push([clock.now(), failures]);
      if (failures < 3) throw new Error('not yet');
      return undefined;
    });
    controller.enqueue('a');
    await clock.advance(1000);
    expect(seen).toEqual([
      [0, 0],
      [5, 1],
      [15, 2],
      [35, 3],
    ]);
    expect(await metric(registry, 'controller_runtime_reconcile_errors_total')).toBe(3);
    expect(await metric(registry, 'workqueue_retries_total')).toBe(3);
  });

  test('a throttled call: the key comes again when the server said', async () => {
    const times: number[] = [];
    const { controller, clock } = await running(async () => {
      times.push(clock.now());
      if (times.length === 1) throw new KubeError({ kind: 'throttled', retryAfterMs: 7000 }, 'slow down');
      return undefined;
    });
    controller.enqueue('a');
    await clock.advance(10_000);
    expect(times).toEqual([0, 7000]);
  });

  test('a terminal error is not tried again', async () => {
    let calls = 0;
    const { controller, clock, registry } = await running(async () => {
      calls += 1;
      throw new TerminalError('hopeless');
    });
    controller.enqueue('a');
    await clock.advance(2_000_000);
    expect(calls).toBe(1);
    expect(await metric(registry, 'controller_runtime_terminal_reconcile_errors_total')).toBe(1);
  });

  test('a programming error counts as a panic and does not end the loop', async () => {
    let calls = 0;
    const { controller, clock, registry } = await running(async () => {
      calls += 1;
      // Reading a member of null is what a bug looks like.
      if (calls === 1) throw new TypeError('cannot read properties of null');
      return undefined;
    });
    controller.enqueue('a');
    await clock.advance(100);
    expect(calls).toBe(2);
    expect(await metric(registry, 'controller_runtime_reconcile_panics_total')).toBe(1);
  });
});

describe('concurrency', () => {
  test('two workers take two keys, and one key never twice', async () => {
    const open = new Map<string, () => void>();
    const started: string[] = [];
    const { controller, registry } = await running(
      (key) =>
        new Promise((resolve) => {
          started.push(key);
          open.set(key, () => resolve(undefined));
        }),
      { workers: 2 },
    );
    for (const key of ['a', 'b', 'c', 'a']) controller.enqueue(key);
    await settle();
    controller.enqueue('a');
    await settle();
    expect(started).toEqual(['a', 'b']);
    expect(await metric(registry, 'controller_runtime_active_workers')).toBe(2);
    open.get('b')?.();
    await settle();
    expect(started).toEqual(['a', 'b', 'c']);
    open.get('a')?.();
    await settle();
    expect(started).toEqual(['a', 'b', 'c', 'a']);
  });
});

describe('the time limit', () => {
  test('aborts the reconcile, which then backs off', async () => {
    const { controller, clock, registry } = await running(
      (_, { signal }) =>
        new Promise((__, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      { reconcileTimeoutMs: 1000 },
    );
    controller.enqueue('a');
    await clock.advance(1000);
    expect(await metric(registry, 'controller_runtime_reconcile_timeouts_total')).toBe(1);
    expect(await metric(registry, 'controller_runtime_reconcile_errors_total')).toBe(1);
    expect(controller.healthy()).toBeUndefined();
  });

  test('a reconcile that ignores it keeps its key and makes the loop unhealthy', async () => {
    let calls = 0;
    const { controller, clock } = await running(
      () => {
        calls += 1;
        return new Promise(() => {});
      },
      { reconcileTimeoutMs: 1000 },
    );
    controller.enqueue('ns/a');
    await settle();
    controller.enqueue('ns/a');
    await clock.advance(62_000);
    expect(calls).toBe(1);
    expect(controller.healthy()).toBe('apps: the reconcile of ns/a has been running for 62 s');
  });
});

describe('ending', () => {
  test('stop lets the running reconcile finish and takes no other key', async () => {
    const finish = Promise.withResolvers<undefined>();
    const started: string[] = [];
    const { controller, running: runs } = await running(
      async (key, { signal }) => {
        started.push(key);
        await finish.promise;
        expect(signal.aborted).toBe(false);
        return undefined;
      },
      { workers: 1 },
    );
    controller.enqueue('a');
    controller.enqueue('b');
    await settle();
    controller.stop();
    let ended = false;
    void runs.then(() => {
      ended = true;
    });
    await settle();
    expect(ended).toBe(false);
    finish.resolve(undefined);
    await runs;
    expect(started).toEqual(['a']);
  });

  test('an abort reaches the running reconcile, and run waits for its end', async () => {
    const {
      controller,
      abort,
      running: runs,
    } = await running(
      (_, { signal }) =>
        new Promise((__, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    controller.enqueue('a');
    await settle();
    abort.abort(new Error('leadership was lost'));
    await runs;
    expect(controller.depth).toBe(0);
  });

  test('a controller stopped before its caches are filled ends at once', async () => {
    const controller = createController({ name: 'apps', reconcile: async () => undefined });
    const never = {
      hasSynced: () => false,
      whenSynced: () => new Promise<void>(() => {}),
      onChange: () => {},
    };
    controller.follow(never as never, () => []);
    expect(controller.hasSynced()).toBe(false);
    const runs = controller.run(new AbortController().signal);
    controller.stop();
    await runs;
  });
});

test('a key is held until the caches have seen what it wrote', async () => {
  let pendingMs = 5000;
  const times: number[] = [];
  const tracker = { pendingMs: () => pendingMs } as never;
  const { controller, clock } = await running(async () => void times.push(clock.now()) as undefined, {
    tracker,
  });
  controller.enqueue('a');
  await clock.advance(120);
  expect(times).toEqual([]);
  pendingMs = 0;
  await clock.advance(50);
  expect(times).toEqual([150]);
});
