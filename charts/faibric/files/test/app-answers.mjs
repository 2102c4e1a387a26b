// `helm test`: makes an app as a user would, waits until it answers through Traefik, and deletes it.
// Runs in the API's image with nothing but Node, under the API's account.
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

const account = '/var/run/secrets/kubernetes.io/serviceaccount';
const namespace = process.env.APPS_NAMESPACE;
const name = `helm-test-${process.env.RUN ?? Date.now().toString(36)}`;
const base = `https://kubernetes.default.svc/apis/faibric.dev/v1alpha1/namespaces/${namespace}/faibricapps`;
const headers = {
  authorization: `Bearer ${readFileSync(`${account}/token`, 'utf8')}`,
  'content-type': 'application/json',
};

const call = async (method, path, body) => {
  const init = body ? { method, headers, body: JSON.stringify(body) } : { method, headers };
  const response = await fetch(`${base}${path}`, init);
  const answer = await response.json();
  if (!response.ok) throw new Error(`${method} ${path || '/'}: ${response.status} ${answer.message ?? ''}`);
  return answer;
};

// fetch forbids the Host header; the app is found by nothing else.
const throughTraefik = (host) =>
  new Promise((resolve, reject) => {
    const ask = request(process.env.TRAEFIK, { headers: { host }, timeout: 5000 }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    ask.on('timeout', () => ask.destroy(new Error('timed out')));
    ask.on('error', reject);
    ask.end();
  });

const waitUntilReady = async (deadline) => {
  let said = '';
  while (Date.now() < deadline) {
    const { status = {} } = await call('GET', `/${name}`);
    const ready = status.conditions?.find((condition) => condition.type === 'Ready');
    if (ready?.status === 'True') return status;
    const now = `${status.phase ?? 'Pending'}: ${ready?.message ?? 'not yet seen by the operator'}`;
    if (now !== said) console.log(now);
    said = now;
    await pause(500);
  }
  throw new Error(`not Ready in time; last: ${said}`);
};

const spec = { prompt: 'A plant tracker with name, species and last watered date', engine: 'builtin' };
try {
  await call('POST', '', {
    apiVersion: 'faibric.dev/v1alpha1',
    kind: 'FaibricApp',
    metadata: { name },
    spec,
  });
  const status = await waitUntilReady(Date.now() + 240_000);
  const code = await throughTraefik(status.host);
  if (code !== 200) throw new Error(`${status.host} answered ${code}`);
  console.log(`${status.url} answers 200`);
} finally {
  await call('DELETE', `/${name}`).catch((error) => console.error(`clean-up: ${error.message}`));
}
