// The projects API over a real socket and Postgres, with the cluster in memory: create, list, follow, change, delete.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../../test/api-server.ts';
import { followEvents } from '../../test/follow-events.ts';
import { anApp, type MemoryCluster, memoryCluster } from '../../test/memory-cluster.ts';
import { startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { FULL_GRANT } from '../access/grant.ts';
import { projectListSchema, projectProgressSchema, projectSchema } from '../contract/index.ts';
import { makeDocumentStore } from '../store/documents.ts';

let postgres: TestPostgres;
let server: TestServer;
let cluster: MemoryCluster;
let webDir: string;

beforeAll(async () => {
  webDir = mkdtempSync(join(tmpdir(), 'faibric-web-'));
  mkdirSync(join(webDir, 'assets'));
  writeFileSync(join(webDir, 'index.html'), '<!doctype html><title>Faibric</title>');
  writeFileSync(join(webDir, 'assets', 'main-abc.js'), 'export {};');
  writeFileSync(join(webDir, '.secret'), 'no');
  postgres = await startPostgres();
  cluster = memoryCluster();
  server = await startServer(postgres, await postgres.database(), { cluster, webDir });
});
afterAll(async () => {
  await server?.close();
  await postgres?.stop();
  rmSync(webDir, { recursive: true, force: true });
});

const create = async (body: object) => {
  const answer = await server.send('POST', '/api/projects/', { body });
  expect(answer.status, answer.text).toBe(201);
  return projectSchema.parse(answer.json);
};

describe('projects', () => {
  test('a prompt becomes a resource with a name, an id and an address', async () => {
    const project = await create({ prompt: 'A plant tracker with name and species' });
    expect(project.id).toMatch(/^[a-z][a-z0-9]{5}$/);
    expect(project.name).toBe(`planttracker-${project.id}`);
    expect(project.url).toBe(`http://me-planttracker-${project.id}.localhost`);
    const app = cluster.get(project.name);
    expect(app?.spec).toMatchObject({
      prompt: 'A plant tracker with name and species',
      id: project.id,
      owner: 'me',
    });
    expect((await server.send('GET', `/api/projects/${project.id}/`)).json).toEqual(project);
    expect((await server.send('GET', `/api/projects/${project.id}`)).status).toBe(200);
  });

  test('name, title and engine may be given', async () => {
    const project = await create({
      prompt: 'Rosa’s pizzeria',
      name: 'pizzeria',
      title: 'Rosa’s',
      engine: 'builtin',
    });
    expect(project).toMatchObject({ title: 'Rosa’s', engine: 'builtin', name: `pizzeria-${project.id}` });
  });

  test('the list is newest first and paged', async () => {
    const { json } = await server.send('GET', '/api/projects/');
    const list = projectListSchema.parse(json);
    const times = list.items.map(({ createdAt }) => createdAt);
    expect(times).toEqual([...times].sort().reverse());
    const page = projectListSchema.parse((await server.send('GET', '/api/projects/?limit=1&offset=1')).json);
    expect(page.items).toEqual(list.items.slice(1, 2));
    expect((await server.send('GET', '/api/projects/?limit=0')).status).toBe(400);
  });

  test('a change is appended, also when somebody else changed the app meanwhile', async () => {
    const project = await create({ prompt: 'A notes app' });
    const first = await server.send('POST', `/api/projects/${project.id}/quick_update/`, {
      body: { prompt: 'add a colour' },
    });
    expect(first.status).toBe(202);
    const both = await Promise.all(
      ['add a date', 'add a tag'].map((prompt) =>
        server.send('POST', `/api/projects/${project.id}/quick_update/`, { body: { prompt } }),
      ),
    );
    expect(both.map(({ status }) => status)).toEqual([202, 202]);
    const changes = cluster.get(project.name)?.spec.changes ?? [];
    expect(changes.map(({ prompt }) => prompt).sort()).toEqual(['add a colour', 'add a date', 'add a tag']);
    expect(new Set(changes.map(({ id }) => id)).size).toBe(3);
  });

  test('progress is the part of the view that moves', async () => {
    const project = await create({ prompt: 'A poll' });
    const answer = await server.send('GET', `/api/projects/${project.id}/progress/`);
    expect(projectProgressSchema.parse(answer.json)).toMatchObject({
      id: project.id,
      ready: false,
      phase: 'Pending',
    });
  });

  test('of two apps with one id the older is shown', async () => {
    const older = anApp({ name: 'older', spec: { id: 'same01' } });
    const newer = anApp({ name: 'newer', spec: { id: 'same01' } });
    cluster.put(newer);
    cluster.put(older);
    expect((await server.send('GET', '/api/projects/same01/')).json.name).toBe('older');
  });

  test.each([
    ['empty prompt', { prompt: '' }, 400, 'invalid_body'],
    ['spaces only', { prompt: '     ' }, 400, 'invalid_body'],
    ['too long', { prompt: 'x'.repeat(8_001) }, 400, 'invalid_body'],
    ['a control character', { prompt: 'hello\u0007world' }, 400, 'invalid_body'],
    ['NUL', '{"prompt":"a\\u0000bcd"}', 400, 'invalid_character'],
    ['no prompt', {}, 400, 'invalid_body'],
    ['an unknown field', { prompt: 'A poll', image: 'evil' }, 400, 'invalid_body'],
    ['an owner', { prompt: 'A poll', owner: 'other' }, 400, 'invalid_body'],
    ['a name in upper case', { prompt: 'A poll', name: 'Poll' }, 400, 'invalid_body'],
    ['a name with a dot', { prompt: 'A poll', name: 'a.b' }, 400, 'invalid_body'],
    ['rule injection in the name', { prompt: 'A poll', name: 'a`)||PathPrefix(`/' }, 400, 'invalid_body'],
    ['a reserved name', { prompt: 'A poll', name: 'api' }, 400, 'rejected'],
    ['punycode', { prompt: 'A poll', name: 'xn--a' }, 400, 'rejected'],
    ['an unknown engine', { prompt: 'A poll', engine: 'magic' }, 400, 'invalid_body'],
    ['a model that the cluster refuses', { prompt: 'A poll', model: '!!' }, 400, 'rejected'],
  ])('bad input: %s', async (_name, body, status, code) => {
    const answer = await server.send('POST', '/api/projects/', { body });
    expect([answer.status, answer.json.code]).toEqual([status, code]);
  });

  test.each([
    ['GET', '/api/projects/nosuch/', 404],
    ['DELETE', '/api/projects/nosuch/', 404],
    ['GET', '/api/projects/A-B/', 400],
    ['GET', '/api/projects/%2e%2e/', 400],
    ['PUT', '/api/projects/', 405],
    ['HEAD', '/api/projects/events/', 405],
    ['GET', '/api/nothing/', 404],
    ['GET', '/api/projects/nosuch/nothing/', 404],
  ])('%s %s is %i', async (method, path, status) => {
    expect((await server.send(method, path)).status).toBe(status);
  });

  test('B17: another site’s page changes nothing', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect(
      (await server.send('POST', '/api/projects/', { body: { prompt: 'A poll' }, headers })).status,
    ).toBe(403);
    const form = { 'content-type': 'text/plain' };
    expect(
      (await server.send('POST', '/api/projects/', { body: '{"prompt":"A poll"}', headers: form })).status,
    ).toBe(415);
    const project = await create({ prompt: 'Stays here' });
    expect(
      (await server.send('DELETE', `/api/projects/${project.id}/`, { headers: { origin: 'null' } })).status,
    ).toBe(403);
    expect(cluster.get(project.name)).toBeDefined();
  });

  test('while the cluster cannot be read the answer is 503 with Retry-After', async () => {
    cluster.setProblem('The Kubernetes API server does not answer.');
    const answer = await server.send('GET', '/api/projects/');
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '2']);
    cluster.setProblem(null);
  });
});

describe('deletion', () => {
  const fill = async (id: string) => {
    for (let i = 0; i < 3; i += 1) {
      await server.send('POST', `/api/v1/db/${id}/notes/`, { app: id, body: { data: { i } } });
    }
  };
  // Past the API: the app is gone, so to everybody there are no documents any more.
  const total = async (id: string) =>
    makeDocumentStore(server.pool).count({ appId: id, collection: 'notes' }, null, FULL_GRANT);

  test('B10: takes the documents along', async () => {
    const project = await create({ prompt: 'A notes app' });
    await fill(project.id);
    const answer = await server.send('DELETE', `/api/projects/${project.id}/`);
    expect(answer.json).toEqual({ id: project.id, name: project.name, documents: 3, dataKept: false });
    expect(await total(project.id)).toBe(0);
    expect((await server.send('GET', `/api/projects/${project.id}/`)).status).toBe(404);
  });

  test('keeps them when asked to', async () => {
    const project = await create({ prompt: 'A notes app' });
    await fill(project.id);
    const answer = await server.send('DELETE', `/api/projects/${project.id}/?keep_data=true`);
    expect(answer.json).toMatchObject({ documents: null, dataKept: true });
    expect(await total(project.id)).toBe(3);
  });
});

describe('event streams', () => {
  test('the list’s stream starts with everything and tells of every change', async () => {
    const events = await followEvents(server.port, '/api/projects/events/');
    await events.until((seen) => seen.length >= 1);
    expect(events.seen[0]?.event).toBe('snapshot');
    const project = await create({ prompt: 'A guest book' });
    await server.send('DELETE', `/api/projects/${project.id}/`);
    await events.until((seen) => seen.length >= 3);
    expect(events.seen.slice(1).map(({ event, data }) => [event, data.id])).toEqual([
      ['project', project.id],
      ['deleted', project.id],
    ]);
    events.close();
  });

  test('an app’s stream tells of that app alone and ends with it', async () => {
    const project = await create({ prompt: 'A guest book' });
    const events = await followEvents(server.port, `/api/projects/${project.id}/events/`);
    await create({ prompt: 'Another one' });
    await server.send('POST', `/api/projects/${project.id}/quick_update/`, {
      body: { prompt: 'add a date' },
    });
    await server.send('DELETE', `/api/projects/${project.id}/`);
    await events.until((seen) => seen.length >= 3);
    expect(events.seen.map(({ event }) => event)).toEqual(['project', 'project', 'deleted']);
    expect(events.seen.every(({ data }) => data.id === project.id)).toBe(true);
    events.close();
  });
});

describe('the page', () => {
  test('is served with a policy that allows no inline script', async () => {
    const answer = await server.send('GET', '/');
    expect(answer.text).toContain('<title>Faibric</title>');
    expect(answer.headers['content-security-policy']).toContain("script-src 'self';");
    expect(answer.headers['content-security-policy']).not.toContain('unsafe-eval');
    expect(answer.headers['cache-control']).toBe('no-cache');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });

  test.each([
    ['/apps/k3x9q2', 200, 'text/html'],
    ['/assets/main-abc.js', 200, 'javascript'],
    ['/assets/missing.js', 404, 'problem+json'],
    ['/.secret', 404, 'problem+json'],
    ['/..%2f..%2fetc/passwd', 404, 'problem+json'],
    ['/%00', 404, 'problem+json'],
    ['/api/x', 404, 'problem+json'],
  ])('%s is %i %s', async (path, status, type) => {
    const answer = await server.send('GET', path);
    expect(answer.headers['content-type']).toContain(type);
    expect(answer.status).toBe(status);
  });

  test('hashed files are kept for ever', async () => {
    expect((await server.send('GET', '/assets/main-abc.js')).headers['cache-control']).toContain('immutable');
  });
});
