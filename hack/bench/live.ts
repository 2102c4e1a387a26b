// `npm run bench -- live`: how long from "the API server took the FaibricApp" to "the address answers 200 through
// Traefik", builtin engine, warm cluster, apps one after the other. Beside it a control in the same run: a plain
// Deployment, Service and IngressRoute of the server image. The difference is what Faibric itself costs.
import { randomBytes } from 'node:crypto';
import type { Timings } from '@faibric/crds';
import { API_VERSION, faibricApp, faibricRevision } from '@faibric/crds';
import { z } from 'zod';
import { eventually } from '../e2e/lib/eventually.ts';
import { type KubeProxy, openKubeProxy } from '../e2e/lib/kube-proxy.ts';
import { controlSample } from './control.ts';
import { untilFirstAnswer } from './first-answer.ts';
import { type Summary, summarise } from './statistics.ts';

const NAMESPACE = 'faibric-apps';
const COLLECTION = `/apis/${API_VERSION}/namespaces/${NAMESPACE}/faibricapps`;
const REVISIONS = `/apis/${API_VERSION}/namespaces/${NAMESPACE}/faibricrevisions`;
const PHASES = ['analyze', 'generate', 'validate', 'build', 'deploy', 'route'] as const;

const PROMPTS = [
  'A plant tracker with name, species, watering interval in days and last watered date',
  'A live dashboard for AAPL, MSFT and TSLA with a chart',
  "A site for Rosa's pizzeria with menu, opening hours and a contact form",
  'An expense tracker with date, amount, category and a note',
];

/** One app: milliseconds to the first answer, and seconds per phase as the operator measured them. */
interface Sample {
  totalMs: number;
  phases: Timings;
}

/** The result as it is written to bench-results/live.json; all times in milliseconds. */
export interface LiveResult {
  apps: number;
  total: Summary;
  phases: Record<string, Summary>;
  control: Summary;
  /** Median of Faibric over median of the control, same run. */
  ratioToControl: number;
}

async function readPhases(api: KubeProxy, name: string): Promise<Sample['phases']> {
  const list = z.object({ items: z.array(faibricRevision) }).parse(await api.request('GET', REVISIONS));
  return list.items.find((one) => one.spec.app === name)?.status?.timings ?? {};
}

async function measureApp(api: KubeProxy, index: number): Promise<Sample> {
  const name = `bench-${randomBytes(3).toString('hex')}`;
  // A prompt of its own per app, so that no image of an earlier one is found again.
  const prompt = `${PROMPTS[index % PROMPTS.length]} for ${name}`;
  const manifest = {
    apiVersion: API_VERSION,
    kind: 'FaibricApp',
    metadata: { name },
    spec: { prompt, engine: 'builtin' },
  };
  await api.request('POST', COLLECTION, manifest);
  const accepted = performance.now();
  try {
    const url = await eventually(
      { seconds: 30, what: `${name} has an address`, everyMs: 20 },
      async () => faibricApp.parse(await api.request('GET', `${COLLECTION}/${name}`)).status?.url,
    );
    const totalMs = await untilFirstAnswer(url, accepted);
    const phases = await eventually({ seconds: 20, what: `${name} has its timings` }, async () => {
      const found = await readPhases(api, name);
      return found.route === undefined ? undefined : found;
    });
    return { totalMs, phases };
  } finally {
    await api.request('DELETE', `${COLLECTION}/${name}`);
  }
}

function summarisePhases(samples: readonly Sample[]): Record<string, Summary> {
  const entries = PHASES.map((phase) => {
    const values = samples.flatMap(({ phases }) =>
      phases[phase] === undefined ? [] : [phases[phase] * 1000],
    );
    return [phase, summarise(values)] as const;
  });
  return Object.fromEntries(entries);
}

/** Runs the bench; `say` is told of each app as it is done. */
export async function benchLive(apps: number, say: (line: string) => void): Promise<LiveResult> {
  const api = await openKubeProxy();
  try {
    const samples: Sample[] = [];
    const controls: number[] = [];
    for (let index = 0; index < apps; index += 1) {
      const sample = await measureApp(api, index);
      samples.push(sample);
      // Interleaved, so that a slow minute of the machine hits both alike.
      if (index % 2 === 0) controls.push(await controlSample(api));
      say(`app ${index + 1} of ${apps}: ${(sample.totalMs / 1000).toFixed(2)} s`);
    }
    const total = summarise(samples.map((sample) => sample.totalMs));
    const control = summarise(controls);
    return {
      apps,
      total,
      phases: summarisePhases(samples),
      control,
      ratioToControl: total.median / control.median,
    };
  } finally {
    api.close();
  }
}
