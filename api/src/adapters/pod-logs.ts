// Reads the logs of app pods from the API server, a bounded piece at a time. A line is cut, because a program may print
// without end and without a line break.
import { LABELS } from '@faibric/crds';
import { z } from 'zod';
import type { LogLine } from '../contract/logs.ts';
import { unavailable } from '../errors.ts';
import type { PodLogs } from '../projects/pod-logs.ts';
import type { KubeClient } from './kube-client.ts';

const MOST_BYTES = 512 * 1024;
const LONGEST_LINE = 4_000;

const podList = z.object({ items: z.array(z.object({ metadata: z.object({ name: z.string() }) })) });

/** `2026-11-25T09:00:00.1Z text`, as the kubelet writes it. */
const toLine = (pod: string, line: string): LogLine => {
  const match = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) (.*)$/s.exec(line);
  const text = (match?.[2] ?? line).slice(0, LONGEST_LINE);
  return { pod, time: match?.[1] ?? null, text };
};

/** Makes the reader for the namespace of the apps. */
export const makePodLogs = (client: KubeClient, namespace: string): PodLogs => {
  const path = `/api/v1/namespaces/${namespace}/pods`;
  const query = (lines: number) => ({
    tailLines: String(lines),
    timestamps: 'true',
    limitBytes: String(MOST_BYTES),
  });
  return {
    pods: async ({ metadata }) => {
      const labelSelector = `${LABELS.app}=${metadata.name}`;
      const request = { method: 'GET' as const, path, query: { labelSelector, limit: '50' } };
      const answer = await client.send(request).catch((error: unknown) => {
        throw unavailable('The Kubernetes API server', error);
      });
      const pods = podList.safeParse(answer.body);
      if (!pods.success) throw unavailable('The Kubernetes API server', new Error(`status ${answer.status}`));
      return pods.data.items.map((pod) => pod.metadata.name).sort();
    },
    tail: async (pod, lines) => {
      const signal = AbortSignal.timeout(10_000);
      const found: LogLine[] = [];
      for await (const line of client.lines(`${path}/${pod}/log`, query(lines), signal)) {
        found.push(toLine(pod, line));
      }
      return found;
    },
    async *follow(pod, lines, signal) {
      const asked = { ...query(lines), follow: 'true' };
      for await (const line of client.lines(`${path}/${pod}/log`, asked, signal)) yield toLine(pod, line);
    },
  };
};
