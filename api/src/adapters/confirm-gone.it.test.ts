// What counts as "the API server says that the app is gone", by a table of its answers.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anApp } from '../../test/memory-cluster.ts';
import { makeConfirmGone } from './confirm-gone.ts';
import { type KubeClient, makeKubeClient } from './kube-client.ts';

let kube: Server;
let client: KubeClient;
let read: { status: number; body: unknown };
let list: { status: number; body: unknown };

beforeAll(async () => {
  kube = createServer((req, res) => {
    const { status, body } = /faibricapps\/[^?]+$/.test(req.url ?? '') ? read : list;
    res.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => kube.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(kube.address() as AddressInfo).port}`;
  client = makeKubeClient({ server: url, tls: {}, authorization: async () => 'Bearer token' });
});
afterAll(async () => {
  await client?.close();
  kube?.close();
});

const NOT_FOUND = {
  status: 404,
  body: { kind: 'Status', reason: 'NotFound', details: { name: 'plants', kind: 'faibricapps' } },
};
const items = (...apps: unknown[]) => ({
  status: 200,
  body: { metadata: { resourceVersion: '1' }, items: apps },
});
const other = anApp({ name: 'other', spec: { id: 'other1' } });
const sameId = anApp({ name: 'copy', spec: { id: 'k3x9q2' } });
const here = anApp({ name: 'plants', metadata: { uid: 'uid-1' } });
const asked = { id: 'k3x9q2', name: 'plants', uid: 'uid-1', keep: false };

describe('the API server’s word', () => {
  test.each<[string, typeof read, typeof list, string | RegExp]>([
    ['NotFound, and a list without the id: gone', NOT_FOUND, items(other), 'gone'],
    ['NotFound, but another app has the id: there', NOT_FOUND, items(other, sameId), 'there'],
    ['NotFound, and no app at all: empty', NOT_FOUND, items(), 'empty'],
    ['the very app: there', { status: 200, body: here }, items(here), 'there'],
    [
      'another app with its name: gone',
      {
        status: 200,
        body: { ...here, metadata: { ...here.metadata, uid: 'u2' }, spec: { ...here.spec, id: 'new111' } },
      },
      items(other),
      'gone',
    ],
    [
      'the kind is not known (the definition is missing): unsure',
      { status: 404, body: '404 page not found' },
      items(),
      /read: status 404/,
    ],
    [
      'NotFound of something else: unsure',
      { status: 404, body: { kind: 'Status', reason: 'NotFound', details: { name: 'x' } } },
      items(),
      /read: status 404/,
    ],
    [
      'forbidden: unsure',
      { status: 403, body: { kind: 'Status', reason: 'Forbidden' } },
      items(),
      /read: status 403/,
    ],
    ['not able: unsure', { status: 503, body: '' }, items(), /read: status 503/],
    ['the list is refused: unsure', NOT_FOUND, { status: 500, body: {} }, /list: status 500/],
    ['the list is no list: unsure', NOT_FOUND, { status: 200, body: {} }, /list: status 200/],
    ['the list has what nobody understands: unsure', NOT_FOUND, items({ metadata: {} }), /does not fit/],
  ])('%s', async (_name, first, second, expected) => {
    read = first;
    list = second;
    const word = makeConfirmGone(client, 'faibric-apps')(asked);
    if (typeof expected === 'string') expect(await word).toBe(expected);
    else await expect(word).rejects.toThrow(expected);
  });
});
