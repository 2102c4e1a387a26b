// Waits until everything that the chart installs is rolled out and the dashboard answers through Traefik, and says all
// the while what is being waited for. When it takes too long, the error tells what the waiting pods say.
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Kubectl } from '../cluster/kubectl.ts';
import { names } from '../settings.ts';
import { answersAt } from './local-request.ts';
import type { Say } from './steps.ts';

const limitMs = 300_000;

const workload = z.object({
  kind: z.string(),
  metadata: z.object({ name: z.string(), namespace: z.string(), generation: z.number() }),
  spec: z.object({ replicas: z.number().default(1) }),
  status: z
    .object({
      observedGeneration: z.number().optional(),
      updatedReplicas: z.number().default(0),
      readyReplicas: z.number().default(0),
      replicas: z.number().default(0),
    })
    .default({ updatedReplicas: 0, readyReplicas: 0, replicas: 0 }),
});

/** A Deployment or StatefulSet as kubectl gives it. */
export type Workload = z.infer<typeof workload>;

const podState = z.object({
  waiting: z.object({ reason: z.string().optional(), message: z.string().optional() }).optional(),
});
const pods = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), namespace: z.string() }),
      status: z.object({
        phase: z.string().optional(),
        conditions: z
          .array(z.object({ type: z.string(), status: z.string(), message: z.string().optional() }))
          .optional(),
        containerStatuses: z.array(z.object({ ready: z.boolean(), state: podState.optional() })).optional(),
      }),
    }),
  ),
});

/** Whether a workload runs its newest form, and nothing else. */
export function isRolledOut({ metadata, spec, status }: Workload): boolean {
  return (
    (status.observedGeneration ?? 0) >= metadata.generation &&
    status.updatedReplicas === spec.replicas &&
    status.readyReplicas === spec.replicas &&
    status.replicas === spec.replicas
  );
}

/** Waits for all workloads of the release and for the dashboard. `httpPort` is the host's. */
export async function awaitReady(kubectl: Kubectl, httpPort: number, say: Say): Promise<void> {
  const deadline = Date.now() + limitMs;
  let missing = 'the first answer of the API server';
  while (Date.now() < deadline) {
    missing = await whatIsMissing(kubectl, httpPort);
    if (missing === '') return;
    say(`waiting for ${missing}`);
    await wait(500);
  }
  throw new Error(`Not ready after ${limitMs / 60_000} minutes: ${missing}.\n${await complaints(kubectl)}`);
}

async function whatIsMissing(kubectl: Kubectl, httpPort: number): Promise<string> {
  const kinds = [
    'get',
    'deployments,statefulsets',
    '-A',
    '-l',
    `app.kubernetes.io/instance=${names.release}`,
  ];
  const outcome = await kubectl.attempt([...kinds, '-o', 'json']);
  if (!outcome.ok) return 'the API server';
  const { items } = z.object({ items: z.array(workload) }).parse(JSON.parse(outcome.stdout));
  const late = items.filter((item) => !isRolledOut(item));
  if (late.length > 0) return late.map((item) => item.metadata.name).join(', ');
  if (items.length === 0) return 'the first Deployment';
  const answer = await answersAt({ host: 'faibric.localhost', port: httpPort, path: '/readyz' });
  return answer === 200
    ? ''
    : `the dashboard to answer (${answer === undefined ? 'no connection' : `HTTP ${answer}`})`;
}

/** What pods that are not ready say about themselves. */
async function complaints(kubectl: Kubectl): Promise<string> {
  const lines: string[] = [];
  const outcome = await kubectl.attempt([
    'get',
    'pods',
    '-A',
    '-l',
    `app.kubernetes.io/instance=${names.release}`,
    '-o',
    'json',
  ]);
  if (!outcome.ok) return outcome.stderr;
  for (const pod of pods.parse(JSON.parse(outcome.stdout)).items) {
    const { namespace, name } = pod.metadata;
    const unready = (pod.status.containerStatuses ?? []).filter((container) => !container.ready);
    const unscheduled = (pod.status.conditions ?? []).find(
      (c) => c.type === 'PodScheduled' && c.status === 'False',
    );
    if (unready.length === 0 && unscheduled === undefined) continue;
    const state = unready.map((c) =>
      `${c.state?.waiting?.reason ?? 'not ready'} ${c.state?.waiting?.message ?? ''}`.trim(),
    );
    lines.push(`${namespace}/${name}: ${[...state, unscheduled?.message].filter(Boolean).join('; ')}`);
    const logs = await kubectl.attempt(['logs', '-n', namespace, name, '--tail=3']);
    if (logs.ok && logs.stdout.trim() !== '')
      lines.push(
        ...logs.stdout
          .trim()
          .split('\n')
          .map((line) => `  ${line.slice(0, 300)}`),
      );
  }
  return [...lines, 'See more with: npm run -s kubectl -- get events -A'].join('\n');
}
