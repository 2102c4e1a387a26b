// Makes an app from a prompt, as the dashboard does, and follows it until it answers at its own address.
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Kubectl } from '../cluster/kubectl.ts';
import { names } from '../settings.ts';
import { answersAt, type LocalAnswer, localRequest } from './local-request.ts';
import type { Say } from './steps.ts';

const limitMs = 15 * 60_000;
const appsLimitMs = 60_000;
const createLimitMs = 30_000;

const project = z.object({
  id: z.string(),
  name: z.string(),
  phase: z.string(),
  ready: z.boolean(),
  url: z.string().nullable(),
  progress: z.object({ message: z.string() }).nullable(),
  stalled: z.object({ reason: z.string(), message: z.string() }).nullable(),
});
type Project = z.infer<typeof project>;

const problem = z.object({ title: z.string().optional(), detail: z.string().optional() });

/** Creates the app; gives it back as the API shows it. A refusal is an error with the API's words. */
export async function createApp(httpPort: number, prompt: string): Promise<Project> {
  const address = { host: 'faibric.localhost', port: httpPort, path: '/api/projects/' };
  const deadline = Date.now() + createLimitMs;
  for (;;) {
    const answer = await localRequest(address, { prompt });
    if (answer !== undefined && answer.status < 300) return project.parse(parseJson(answer.body));
    // A control plane that has just started says "not now" for some seconds.
    if (!(answer === undefined || answer.status >= 502) || Date.now() > deadline) throw refusal(answer);
    await wait(1_000);
  }
}

function refusal(answer: LocalAnswer | undefined): Error {
  if (answer === undefined) return new Error('The API does not answer. Run "npm run up" again.');
  const said = problem.safeParse(parseJson(answer.body)).data;
  return new Error(`The app was not created: ${said?.detail ?? said?.title ?? `HTTP ${answer.status}`}`);
}

/** Follows an app until it answers; gives its address. An app that needs its person is an error that says why. */
export async function followApp(httpPort: number, id: string, say: Say): Promise<string> {
  const deadline = Date.now() + limitMs;
  let last = 'no answer of the API yet';
  while (Date.now() < deadline) {
    const answer = await localRequest({
      host: 'faibric.localhost',
      port: httpPort,
      path: `/api/projects/${id}/`,
    });
    if (answer?.status === 200) {
      const app = project.parse(parseJson(answer.body));
      if (app.stalled !== null) throw new Error(`${app.stalled.reason}: ${app.stalled.message}`);
      if (app.ready && app.url !== null && (await appAnswers(app.url))) return app.url;
      last = `${app.phase}${app.progress === null ? '' : `: ${app.progress.message}`}`;
      say(last);
    }
    await wait(300);
  }
  throw new Error(
    `The app is not ready after ${limitMs / 60_000} minutes (${last}). It goes on; see the dashboard.`,
  );
}

const listed = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      status: z.object({ phase: z.string().optional(), url: z.string().optional() }).optional(),
    }),
  ),
});

/** Waits until every app that is Ready answers again; says how many do. Some not answering is no failure of `up`. */
export async function awaitApps(kubectl: Kubectl, say: Say): Promise<string | undefined> {
  const { items } = listed.parse(await kubectl.get(['faibricapps', '--namespace', names.appsNamespace]));
  const urls = items.flatMap(({ status }) => (status?.phase === 'Ready' && status.url ? [status.url] : []));
  if (urls.length === 0) return undefined;
  const deadline = Date.now() + appsLimitMs;
  let waiting = urls;
  while (waiting.length > 0 && Date.now() < deadline) {
    const answers = await Promise.all(waiting.map(async (url) => ({ url, answers: await appAnswers(url) })));
    waiting = answers.filter((app) => !app.answers).map((app) => app.url);
    if (waiting.length === 0) break;
    say(`waiting for ${waiting.length} of ${urls.length} apps to answer`);
    await wait(500);
  }
  const count = `${urls.length - waiting.length} of ${urls.length} apps answer`;
  return waiting.length === 0 ? count : `${count}; not yet: ${waiting.join(', ')}`;
}

/** Whether an app's page is served, asked as a browser on this machine would. */
export async function appAnswers(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return (await answersAt({ host: hostname, port: port === '' ? 80 : Number(port), path: '/' })) === 200;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
