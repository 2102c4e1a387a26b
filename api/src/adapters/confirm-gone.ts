// Asks the API server itself whether an app is gone: a read by name that must be answered with this app's NotFound, and
// a full list without its id. Anything else (a missing CRD, a refusal, no answer) is no confirmation and throws.
import { z } from 'zod';
import { appIdOf } from '../projects/app-id.ts';
import type { ConfirmGone } from '../projects/departed-apps.ts';
import type { KubeAnswer, KubeClient } from './kube-client.ts';
import { appsPath, parseApp } from './project-cache.ts';

const notFound = z.object({
  kind: z.literal('Status'),
  reason: z.literal('NotFound'),
  // Without details it is the kind that is not known, not the object.
  details: z.object({ name: z.string() }),
});
const page = z.object({
  metadata: z.object({ continue: z.string().optional() }),
  items: z.array(z.unknown()),
});

const unsure = (what: string, { status }: KubeAnswer): Error => new Error(`${what}: status ${status}`);

/** Ids of all apps, read past every cache. An app that cannot be parsed makes the whole list unsure. */
const listIds = async (client: KubeClient, path: string): Promise<Set<string>> => {
  const ids = new Set<string>();
  let next: string | undefined;
  do {
    const query = { limit: '500', ...(next ? { continue: next } : {}) };
    const answer = await client.send({ method: 'GET', path, query });
    const parsed = page.safeParse(answer.body);
    if (answer.status !== 200 || !parsed.success) throw unsure('list', answer);
    for (const item of parsed.data.items) {
      const app = parseApp(item);
      if (app === null) throw new Error('list: an app does not fit the schema');
      ids.add(appIdOf(app));
    }
    next = parsed.data.metadata.continue;
  } while (next);
  return ids;
};

/** Makes the question. */
export const makeConfirmGone = (client: KubeClient, namespace: string): ConfirmGone => {
  const path = appsPath(namespace);
  return async ({ id, name, uid }) => {
    const answer = await client.send({ method: 'GET', path: `${path}/${name}` });
    if (answer.status === 200) {
      const app = parseApp(answer.body);
      if (app === null) throw new Error('read: the app does not fit the schema');
      // Another app has the name by now; whether it has the id too tells the list.
      if (app.metadata.uid === uid) return 'there';
    } else {
      const status = notFound.safeParse(answer.body);
      if (answer.status !== 404 || !status.success || status.data.details.name !== name) {
        throw unsure('read', answer);
      }
    }
    const ids = await listIds(client, path);
    if (ids.has(id)) return 'there';
    return ids.size === 0 ? 'empty' : 'gone';
  };
};
