// The parts of the platform, stopped and killed on purpose. `withComponentAway` always brings the part back, also
// when the test in it fails, so that one failure does not spoil the files after it.
import { kubectl, SYSTEM } from './kubectl.ts';

/** Parts that tests take away, with the namespace they live in. */
export const COMPONENTS = {
  operator: { name: 'faibric-operator', namespace: SYSTEM },
  api: { name: 'faibric-api', namespace: SYSTEM },
  buildkit: { name: 'faibric-buildkit', namespace: 'faibric-build' },
} as const;

/** A part of the platform. */
export type Component = keyof typeof COMPONENTS;

async function scale(component: Component, replicas: number): Promise<void> {
  const { name, namespace } = COMPONENTS[component];
  await kubectl(['scale', `deployment/${name}`, '-n', namespace, `--replicas=${replicas}`]);
}

/** Waits until all replicas of the part are up and ready. */
export async function waitUp(component: Component): Promise<void> {
  const { name, namespace } = COMPONENTS[component];
  await kubectl(['rollout', 'status', `deployment/${name}`, '-n', namespace, '--timeout=120s']);
}

/** Runs `during` while the part has no pod, then waits until it is back. */
export async function withComponentAway(component: Component, during: () => Promise<void>): Promise<void> {
  const { name, namespace } = COMPONENTS[component];
  await scale(component, 0);
  try {
    await kubectl([
      ...[
        'wait',
        'pods',
        '-n',
        namespace,
        '-l',
        `app.kubernetes.io/component=${name.slice('faibric-'.length)}`,
      ],
      ...['--for=delete', '--timeout=60s'],
    ]);
    await during();
  } finally {
    await scale(component, 1);
    await waitUp(component);
  }
}

/** Ends the part's pods at once, without a chance to clean up. */
export async function killComponent(component: Component): Promise<void> {
  const { name, namespace } = COMPONENTS[component];
  await kubectl([
    ...[
      'delete',
      'pods',
      '-n',
      namespace,
      '-l',
      `app.kubernetes.io/component=${name.slice('faibric-'.length)}`,
    ],
    ...['--grace-period=0', '--force', '--wait=false'],
  ]);
}
