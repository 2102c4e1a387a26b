// A watch that goes wrong. Claims F3 and F4: whatever the wire does, the cache ends up equal to the server, and the
// server is not hammered.
import { describe, expect, test, vi } from 'vitest';
import { answerStatus } from '../../test/fake-api-server.ts';
import {
  aReflector,
  changes,
  clock,
  equalToServer,
  following,
  server,
  theWatch,
} from '../../test/reflector-rig.ts';

describe('a watch that goes wrong', () => {
  test('silence: opened anew from the last version within 25 s, without a list', async () => {
    const reflector = await following();
    server.put('a', { v: '1' });
    await equalToServer(reflector, { a: '1' });
    server.quiet = true;
    server.put('b', { v: '1' });
    server.quiet = false;
    const lists = server.lists.length;
    await clock.advance(25_000);
    await vi.waitFor(() => expect(server.watches).toHaveLength(2));
    expect(server.watches[1]?.get('resourceVersion')).toBe('101');
    expect(server.lists).toHaveLength(lists);
  });

  test('ended by the server: opened anew at once', async () => {
    await following();
    await clock.advance(20_000);
    server.put('a', { v: '1' });
    await vi.waitFor(() => expect(changes).toHaveLength(1));
    theWatch().end();
    await vi.waitFor(() => expect(clock.pending()).toEqual([450]));
    await clock.advance(450);
    await vi.waitFor(() => expect(server.watches).toHaveLength(2));
    expect(server.watches[1]?.get('resourceVersion')).toBe('101');
  });

  test('cut in mid-line: the torn event is dropped and comes again', async () => {
    const reflector = await following();
    server.put('a', { v: '1' });
    await equalToServer(reflector, { a: '1' });
    const watch = theWatch();
    server.quiet = true;
    const half = JSON.stringify({ type: 'MODIFIED', object: server.put('a', { v: '12' }) });
    watch.raw(half.slice(0, half.indexOf('"12"') + 2));
    watch.cut();
    await vi.waitFor(() => expect(clock.pending().length).toBe(1));
    expect(reflector.store.get('ns/a')?.data.v).toBe('1');
    await clock.advance(20_000);
    await vi.waitFor(() => expect(server.watches).toHaveLength(2));
  });

  test('an event split over many packets is one event', async () => {
    const reflector = await following();
    server.quiet = true;
    const line = `${JSON.stringify({ type: 'ADDED', object: server.put('ä', { v: 'ü€😀' }) })}\n`;
    const bytes = Buffer.from(line);
    for (let i = 0; i < bytes.length; i += 7) {
      theWatch().raw(bytes.subarray(i, i + 7) as never);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await equalToServer(reflector, { ä: 'ü€😀' });
  });

  test('no JSON: taken as a broken connection', async () => {
    await following();
    theWatch().raw('<html>a proxy was here</html>\n');
    await vi.waitFor(() => expect(clock.pending().length).toBe(1));
    await clock.advance(20_000);
    await vi.waitFor(() => expect(server.watches).toHaveLength(2));
  });

  test('410 in the stream: lists again and tells only the differences', async () => {
    server.put('same', { v: '1' });
    server.put('old', { v: '1' });
    const reflector = await following();
    await clock.advance(10_000);
    server.quiet = true;
    server.remove('old');
    server.put('new', { v: '1' });
    changes.length = 0;
    theWatch().send('ERROR', {
      kind: 'Status',
      code: 410,
      reason: 'Expired',
      message: 'too old resource version',
    });
    await vi.waitFor(() => expect(clock.pending().length).toBe(1));
    await clock.advance(1000);
    await equalToServer(reflector, { same: '1', new: '1' });
    expect(changes).toEqual(['deleted old 1 tombstone', 'added new 1']);
  });

  test('410 as an answer, for ever: lists and watches at most every few seconds in the end', async () => {
    server.watchFault = (_, response) => answerStatus(response, 410, { reason: 'Gone' });
    aReflector();
    for (let second = 0; second < 120; second += 1) {
      await vi.waitFor(() => expect(clock.pending().length).toBeGreaterThan(0));
      await clock.advance(1000);
    }
    expect(server.watches.length).toBeGreaterThan(3);
    expect(server.watches.length).toBeLessThan(30);
  });

  test('closed at once every time: fewer than one watch a second', async () => {
    server.watchFault = (_, response) => {
      response.writeHead(200).end();
      return true;
    };
    aReflector();
    for (let second = 0; second < 60; second += 1) {
      await vi.waitFor(() => expect(clock.pending().length).toBeGreaterThan(0));
      await clock.advance(1000);
    }
    expect(server.watches.length).toBeLessThan(20);
  });

  test('reordered, repeated and stale events: the newest state wins', async () => {
    const reflector = await following();
    server.quiet = true;
    const first = server.put('a', { v: '1' });
    const second = server.put('a', { v: '2' });
    const gone = server.put('b', { v: '1' });
    const deleted = server.remove('b');
    const watch = theWatch();
    watch.send('MODIFIED', second);
    watch.send('ADDED', first);
    watch.send('MODIFIED', second);
    watch.send('DELETED', deleted);
    watch.send('ADDED', gone);
    watch.send('ADDED', server.put('end', { v: '1' }));
    await equalToServer(reflector, { a: '2', end: '1' });
    expect(changes).toEqual(['added a 2', 'added end 1']);
  });

  test('a namesake created while the watch was down is a delete and an add', async () => {
    server.put('a', { v: 'old' });
    const reflector = await following();
    server.quiet = true;
    server.remove('a');
    server.put('a', { v: 'new' }, 'a-2');
    theWatch().send('ERROR', { code: 410 });
    await vi.waitFor(() => expect(clock.pending().length).toBe(1));
    await clock.advance(1000);
    await equalToServer(reflector, { a: 'new' });
    expect(changes.slice(1)).toEqual(['deleted a old tombstone', 'added a new']);
  });
});
