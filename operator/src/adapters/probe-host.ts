// Asks for an app's page the way a browser would: through Traefik, by Host header. Node's fetch refuses to set Host, so
// this uses the http module; connections are not kept, or Traefik's choice of pod would stick.
import { request } from 'node:http';
import type { Answer, AskHost } from '../ports.ts';

const TIMEOUT_MS = 2000;

/** Makes the probe; `address` is Traefik's URL inside the cluster. */
export const createProbe = (address: string): AskHost => {
  const { hostname, port } = new URL(address);
  return (host, signal) =>
    new Promise<Answer>((resolve, reject) => {
      const options = { hostname, port: port || 80, path: '/', headers: { host }, agent: false, signal };
      const call = request({ ...options, timeout: TIMEOUT_MS }, (response) => {
        const revision = response.headers['x-faibric-revision'];
        response.resume();
        resolve({
          status: response.statusCode ?? 0,
          revision: Array.isArray(revision) ? revision[0] : revision,
        });
      });
      call.on('timeout', () => call.destroy(new Error('no answer in time')));
      call.on('error', reject);
      call.end();
    });
};
