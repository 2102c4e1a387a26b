// Apps as the tests make them: through `kubectl apply`, like a person with a file. Names are unique per run, and
// every app made here is remembered, so that one call at the end of a file removes what it made.
import { randomBytes } from 'node:crypto';
import type { AppSpecInput, FaibricApp, FaibricRevision } from '@faibric/crds';
import { API_VERSION, faibricApp, faibricRevision } from '@faibric/crds';
import { z } from 'zod';
import { eventually } from './eventually.ts';
import { APPS, apply, getJson, kubectl } from './kubectl.ts';

const made = new Set<string>();

/** A name that no earlier run has used. */
export function uniqueName(prefix: string): string {
  return `${prefix}-${randomBytes(3).toString('hex')}`;
}

/** The manifest of an app. */
export function appManifest(name: string, spec: AppSpecInput): object {
  return { apiVersion: API_VERSION, kind: 'FaibricApp', metadata: { name, namespace: APPS }, spec };
}

/** Applies an app and remembers it for `deleteMadeApps`. */
export async function applyApp(name: string, spec: AppSpecInput): Promise<void> {
  made.add(name);
  await apply(appManifest(name, spec));
}

/** Remembers an app that was made by other means, so that it too is removed. */
export function rememberApp(name: string): void {
  made.add(name);
}

/** Reads an app. */
export async function getApp(name: string): Promise<FaibricApp> {
  return faibricApp.parse(await getJson(['faibricapp', name, '-n', APPS]));
}

/** The revisions of an app, by number. */
export async function getRevisions(name: string): Promise<FaibricRevision[]> {
  const list = z
    .object({ items: z.array(faibricRevision) })
    .parse(await getJson(['faibricrevisions', '-n', APPS]));
  return list.items
    .filter((revision) => revision.spec.app === name)
    .sort((a, b) => a.spec.number - b.spec.number);
}

/** The condition of an app, undefined while it is not there. */
export function conditionOf(app: FaibricApp, type: string) {
  return app.status?.conditions?.find((condition) => condition.type === type);
}

/** True when the app serves what its newest spec asks for. Ready alone is also True while an older revision serves. */
function isSettled(app: FaibricApp): boolean {
  const ready = conditionOf(app, 'Ready');
  const busy = conditionOf(app, 'Reconciling')?.status === 'True';
  return ready?.status === 'True' && ready.observedGeneration === app.metadata.generation && !busy;
}

/** Waits until the app is Ready for its newest spec; the error has its conditions. */
export async function waitReady(name: string, seconds = 90): Promise<FaibricApp> {
  return eventually({ seconds, what: `app ${name} is Ready` }, async () => {
    const app = await getApp(name);
    if (isSettled(app)) return app;
    throw new Error(JSON.stringify(app.status?.progress ?? app.status?.conditions ?? 'no status'));
  });
}

/** Waits until the app is stalled; gives its message and reason. */
export async function waitStalled(name: string, seconds = 60): Promise<{ reason: string; message: string }> {
  return eventually({ seconds, what: `app ${name} is Stalled` }, async () => {
    const stalled = conditionOf(await getApp(name), 'Stalled');
    return stalled?.status === 'True' ? { reason: stalled.reason, message: stalled.message } : undefined;
  });
}

/** The address of a Ready app. */
export function urlOf(app: FaibricApp): string {
  const url = app.status?.url;
  if (url === undefined) throw new Error(`${app.metadata.name} has no status.url`);
  return url;
}

/** Removes every app that this test file made; for `afterAll`. */
export async function deleteMadeApps(): Promise<void> {
  const names = [...made];
  if (names.length === 0) return;
  made.clear();
  await kubectl(['delete', 'faibricapp', ...names, '-n', APPS, '--ignore-not-found', '--timeout=120s']);
}
