// A stand-in for the API while working on the page without a cluster (`npm run dev -w web`). Never built into
// the product. It keeps apps in memory, walks a new one through its steps and sends the same events.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Project } from '@faibric/api/contract';
import type { Plugin } from 'vite';
import { fakeAccounts } from './fake-accounts.ts';
import { sampleProjects } from './sample-projects.ts';

const STEP_WORDS = [
  ['analyze', 'Reading the prompt'],
  ['generate', 'Writing the source from the plan'],
  ['validate', 'Checking the source: parse, imports, types'],
  ['build', 'Building the image'],
  ['deploy', 'Starting the pod'],
  ['route', 'Waiting for the address to answer through Traefik'],
] as const;

type Step = Project['steps'][number];

function newProject(prompt: string): Project {
  const id = `a${Math.random().toString(36).slice(2, 7)}`;
  const host = `me-app-${id}.localhost`;
  return {
    ...(sampleProjects()[0] as Project),
    id,
    name: `app-${id}`,
    title: prompt.slice(0, 40),
    prompt,
    phase: 'Pending',
    ready: false,
    host,
    url: `http://${host}`,
    limited: [],
    steps: STEP_WORDS.map(([name]) => ({ name, state: 'waiting', reason: null, message: '', since: null })),
    createdAt: new Date().toISOString(),
  };
}

function advance(project: Project, active: number): Project {
  const since = new Date().toISOString();
  const stateAt = (index: number): Step['state'] =>
    index < active ? 'done' : index === active ? 'running' : 'waiting';
  const word = STEP_WORDS[active];
  return {
    ...project,
    ready: word === undefined,
    phase: word === undefined ? 'Ready' : word[0],
    steps: project.steps.map((step, index) => ({ ...step, state: stateAt(index) })),
    progress: word === undefined ? null : { step: word[0], message: word[1], since },
    revision: word === undefined ? 1 : null,
  };
}

class FakePlatform {
  readonly projects = new Map(sampleProjects().map((project) => [project.id, project]));
  readonly streams = new Set<ServerResponse>();

  tell(event: string, data: unknown): void {
    for (const stream of this.streams) stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  create(prompt: string): Project {
    const project = newProject(prompt);
    this.projects.set(project.id, project);
    this.step(project.id, 0);
    return project;
  }

  step(id: string, active: number): void {
    const project = this.projects.get(id);
    if (project === undefined) return;
    const next = advance(project, active);
    this.projects.set(id, next);
    this.tell('project', next);
    if (!next.ready) setTimeout(() => this.step(id, active + 1), 1500);
  }

  remove(id: string): void {
    const project = this.projects.get(id);
    if (project === undefined) return;
    this.tell('project', { ...project, deleting: true });
    setTimeout(() => {
      this.projects.delete(id);
      this.tell('deleted', { id });
    }, 2000);
  }
}

function sampleDocuments() {
  const items = ['Ada Lovelace', 'Grace Hopper', 'Radia Perlman'].map((name, index) => ({
    id: `0000000${index}-0000-4000-8000-000000000000`,
    data: {
      name,
      email: `${name.split(' ')[0]?.toLowerCase()}@example.org`,
      message: 'A table for four, please.',
    },
    createdAt: new Date(Date.now() - index * 3_600_000).toISOString(),
    updatedAt: new Date(Date.now() - index * 3_600_000).toISOString(),
    version: 1,
    mine: false,
  }));
  return { items, total: items.length, limit: 50, offset: 0, next: null };
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

function openStream(platform: FakePlatform, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.write(`event: snapshot\ndata: ${JSON.stringify({ items: [...platform.projects.values()] })}\n\n`);
  platform.streams.add(response);
  response.on('close', () => platform.streams.delete(response));
}

async function handle(
  platform: FakePlatform,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '').split('?')[0] ?? '';
  if (path === '/api/projects/events/') return openStream(platform, response);
  if (path === '/api/projects/' && request.method === 'POST') {
    const { prompt } = JSON.parse(await readBody(request)) as { prompt: string };
    if (prompt.includes('refuse')) {
      return answer(response, 400, {
        code: 'rejected',
        detail: 'The cluster refuses the app: say what the app is.',
      });
    }
    return answer(response, 201, platform.create(prompt));
  }
  if (path === '/api/projects/') {
    const items = [...platform.projects.values()];
    return answer(response, 200, { items, total: items.length, limit: 500, offset: 0 });
  }
  const id = /^\/api\/projects\/([^/]+)\/$/.exec(path)?.[1];
  if (id !== undefined && request.method === 'DELETE') {
    platform.remove(id);
    return answer(response, 200, { id, name: id, documents: 3 });
  }
  if (path.startsWith('/api/v1/db/')) return answer(response, 200, sampleDocuments());
  answer(response, 404, { code: 'not_found', detail: 'There is nothing here.' });
}

/** The Vite plugin; `FAKE=empty` in the environment starts without apps, `FAKE_AUTH=accounts` signed out. */
export function fakeApi(): Plugin {
  const platform = new FakePlatform();
  if (process.env.FAKE === 'empty') platform.projects.clear();
  const accounts = fakeAccounts(process.env.FAKE_AUTH === 'accounts');
  return {
    name: 'faibric-fake-api',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        if (!request.url?.startsWith('/api/')) return next();
        const path = request.url.split('?')[0] ?? '';
        const told = async (): Promise<void> => {
          const body = path.startsWith('/api/auth/') ? await readBody(request) : '';
          const account = accounts(path, body);
          if (account === undefined) await handle(platform, request, response);
          else answer(response, account.status, account.body);
        };
        told().catch(() => answer(response, 500, {}));
      });
    },
  };
}
