// A scripted model inside the cluster, so that the freeform engine runs over a real network with a real key in a
// real Secret. The server is hack/model-server, bundled into one file that stands in a ConfigMap; its pod borrows the
// operator's image for the Node in it. The operator reads the Secret at its start, hence the restarts.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { waitUp } from './components.ts';
import { apply, kubectl, SYSTEM, tryKubectl } from './kubectl.ts';

const NAMESPACE = 'faibric-e2e-model';
const PORT = 8080;

async function bundleServer(): Promise<string> {
  const entry = fileURLToPath(new URL('../../model-server/main.ts', import.meta.url));
  const built = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    minify: true,
  });
  return built.outputFiles[0]!.text;
}

function objects(code: string, image: string): object[] {
  const labels = { app: 'model' };
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'model' }, data: { 'main.mjs': code } },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'model' },
      spec: { selector: labels, ports: [{ port: 80, targetPort: PORT }] },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'model' },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            containers: [
              {
                name: 'model',
                image,
                command: ['node', '/model/main.mjs', '--port', String(PORT), '--host', '0.0.0.0'],
                readinessProbe: { tcpSocket: { port: PORT }, periodSeconds: 1 },
                volumeMounts: [{ name: 'code', mountPath: '/model' }],
              },
            ],
            volumes: [{ name: 'code', configMap: { name: 'model' } }],
          },
        },
      },
    },
  ];
}

async function restartOperator(): Promise<void> {
  await kubectl(['rollout', 'restart', 'deployment/faibric-operator', '-n', SYSTEM]);
  await waitUp('operator');
}

/** Starts the model and configures the platform with it, as `up` does when a key is in the environment. */
export async function startModel(): Promise<void> {
  const path = 'jsonpath={.spec.template.spec.containers[0].image}';
  const image = await kubectl(['get', 'deployment/faibric-operator', '-n', SYSTEM, '-o', path]);
  const [namespace, ...rest] = objects(await bundleServer(), image.trim());
  await apply(namespace!);
  // Server-side: the bundle is larger than the annotation that a client-side apply would keep it in.
  for (const one of rest) {
    await kubectl(['apply', '--server-side', '-n', NAMESPACE, '-f', '-'], JSON.stringify(one));
  }
  await kubectl(['rollout', 'status', 'deployment/model', '-n', NAMESPACE, '--timeout=60s']);
  await kubectl([
    ...['create', 'secret', 'generic', 'faibric-model', '-n', SYSTEM],
    '--from-literal=OPENAI_API_KEY=e2e-key',
    `--from-literal=OPENAI_BASE_URL=http://model.${NAMESPACE}.svc/v1`,
    '--from-literal=FAIBRIC_MODEL=scripted',
  ]);
  await restartOperator();
}

/** Removes the model and its configuration. Safe to call when the start failed half-way. */
export async function stopModel(): Promise<void> {
  await tryKubectl(['delete', 'secret', 'faibric-model', '-n', SYSTEM, '--ignore-not-found']);
  await tryKubectl(['delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait=false']);
  await restartOperator();
}

/** True when the platform already has a model of somebody's own, which a test must not replace. */
export async function modelIsConfigured(): Promise<boolean> {
  return (await tryKubectl(['get', 'secret', 'faibric-model', '-n', SYSTEM])).ok;
}
