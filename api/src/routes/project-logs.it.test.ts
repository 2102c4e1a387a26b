// Logs of an app over a real socket, with the real adapter against a server that speaks the log part of the Kubernetes
// API: tails, streams that end, and programs that print without end.
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../../test/api-server.ts';
import { followEvents } from '../../test/follow-events.ts';
import { anApp, aRevision, type MemoryCluster, memoryCluster } from '../../test/memory-cluster.ts';
import { startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { type KubeClient, makeKubeClient } from '../adapters/kube-client.ts';
import { makePodLogs } from '../adapters/pod-logs.ts';
import { logEventSchemas, logsSchema } from '../contract/index.ts';

let postgres: TestPostgres;
let server: TestServer;
let cluster: MemoryCluster;
let kube: Server;
let client: KubeClient;
/** What each pod does with a request for its log. */
let pods: Record<string, (res: ServerResponse, query: URLSearchParams) => void>;
let asked: string[];

const TIME = '2026-11-25T09:00:00.5Z';
const print = (res: ServerResponse, ...lines: string[]) => {
  for (const line of lines) res.write(`${TIME} ${line}\n`);
};

beforeAll(async () => {
  kube = createServer((req, res) => {
    asked.push(req.url ?? '');
    const { pathname, searchParams } = new URL(req.url ?? '/', 'http://kube');
    const pod = /\/pods\/([^/]+)\/log$/.exec(pathname)?.[1];
    if (pod === undefined) {
      res.end(JSON.stringify({ items: Object.keys(pods).map((name) => ({ metadata: { name } })) }));
    } else if (pods[pod]) pods[pod](res, searchParams);
    else res.writeHead(404).end('{"message":"pods not found"}');
  });
  await new Promise<void>((resolve) => kube.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(kube.address() as AddressInfo).port}`;
  client = makeKubeClient({ server: url, tls: {}, authorization: async () => 'Bearer token' });
  postgres = await startPostgres();
  cluster = memoryCluster();
  const app = anApp({ name: 'plants-k3x9q2', status: { latestRevision: 2 } });
  cluster.put(app);
  cluster.putRevision(aRevision(app, { status: { log: 'first\nfailed\n' } }));
  cluster.putRevision(aRevision(app, { number: 2, status: { log: '#1 load\nerror: broken\n' } }));
  const podLogs = makePodLogs(client, 'faibric-apps');
  server = await startServer(postgres, await postgres.database(), { cluster, podLogs });
});
beforeEach(() => {
  asked = [];
  pods = {};
});
afterAll(async () => {
  await server?.close();
  await client?.close();
  kube?.closeAllConnections();
  kube?.close();
  await postgres?.stop();
});

const path = '/api/projects/k3x9q2/logs/';
const get = (query = '') => server.send('GET', `${path}${query}`);

describe('the log of an app', () => {
  test('has the last lines of each pod, with their times', async () => {
    pods['pod-a'] = (res) => {
      print(res, 'started', 'open() "/app/x" failed');
      res.end();
    };
    pods['pod-b'] = (res) => res.end('without a time');
    const { lines } = logsSchema.parse((await get('?tail=50')).json);
    expect(lines).toEqual([
      { pod: 'pod-a', time: TIME, text: 'started' },
      { pod: 'pod-a', time: TIME, text: 'open() "/app/x" failed' },
      { pod: 'pod-b', time: null, text: 'without a time' },
    ]);
    expect(asked[0]).toContain('labelSelector=faibric.dev%2Fapp%3Dplants-k3x9q2');
    expect(asked[1]).toMatch(/tailLines=50&timestamps=true&limitBytes=\d+/);
  });

  test('is empty without pods, and leaves out a pod that went', async () => {
    expect((await get()).json).toEqual({ source: 'app', lines: [] });
    pods['pod-a'] = (res) => res.writeHead(400).end('{"message":"container is waiting to start"}');
    expect((await get()).json.lines).toEqual([]);
  });

  test('a line without end is cut', async () => {
    pods['pod-a'] = (res) => res.end(`${TIME} ${'x'.repeat(1_000_000)}`);
    const { lines } = logsSchema.parse((await get()).json);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.text.length).toBeLessThanOrEqual(4_000);
  });

  test('is followed until the pods end', async () => {
    let end: () => void = () => undefined;
    pods['pod-a'] = (res, query) => {
      expect(query.get('follow')).toBe('true');
      print(res, 'one');
      end = () => {
        print(res, 'two');
        res.end();
      };
    };
    const events = await followEvents(server.port, `${path}?follow=true`);
    await events.until((seen) => seen.length === 1);
    end();
    await events.until((seen) => seen.some(({ event }) => event === 'end'));
    expect(events.seen.map(({ event, data }) => [event, data.text ?? data.reason])).toEqual([
      ['line', 'one'],
      ['line', 'two'],
      ['end', 'pods'],
    ]);
    expect(() => logEventSchemas.line.parse(events.seen[0]?.data)).not.toThrow();
  });

  test('a stream ends at its size, and hangs up on the pod', async () => {
    let closed = false;
    pods['pod-a'] = (res) => {
      res.on('close', () => {
        closed = true;
      });
      const write = (): void => {
        for (let more = true; more && !res.destroyed; ) more = res.write(`${TIME} ${'y'.repeat(3_000)}\n`);
      };
      res.on('drain', write);
      write();
    };
    const events = await followEvents(server.port, `${path}?follow=true`);
    await events.until((seen) => seen.some(({ event }) => event === 'end'));
    expect(events.seen.at(-1)?.data).toEqual({ reason: 'size' });
    await events.until(() => closed);
  });

  test('who goes away hangs up on the pod', async () => {
    let closed = false;
    pods['pod-a'] = (res) => {
      print(res, 'one');
      res.on('close', () => {
        closed = true;
      });
    };
    const events = await followEvents(server.port, `${path}?follow=true`);
    await events.until((seen) => seen.length === 1);
    events.close();
    await events.until(() => closed);
  });
});

describe('the log of a build', () => {
  test.each([
    ['?source=build', ['#1 load', 'error: broken']],
    ['?source=build&tail=1', ['error: broken']],
    ['?source=build&revision=1', ['first', 'failed']],
  ])('%s', async (query, texts) => {
    const { source, lines } = logsSchema.parse((await get(query)).json);
    expect([source, lines.map(({ text }) => text)]).toEqual(['build', texts]);
  });

  test.each([
    ['?source=build&revision=9', 404, 'not_found'],
    ['?source=build&follow=true', 400, 'invalid_query'],
    ['?source=kernel', 400, 'invalid_query'],
    ['?tail=0', 400, 'invalid_query'],
    ['?container=other', 400, 'invalid_query'],
  ])('%s is %i %s', async (query, status, code) => {
    const answer = await get(query);
    expect([answer.status, answer.json.code]).toEqual([status, code]);
  });
});
