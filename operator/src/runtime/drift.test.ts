// What counts as drift: the API server's defaults do not, a hand's edits do.
import { describe, expect, test } from 'vitest';
import { describeDrift, findDrift } from './drift.ts';

const defaulted = {
  metadata: { name: 'a', labels: { app: 'a', added: 'by somebody' }, uid: 'u' },
  spec: {
    replicas: 1,
    progressDeadlineSeconds: 600,
    selector: { matchLabels: { app: 'a' } },
    template: {
      spec: {
        dnsPolicy: 'ClusterFirst',
        containers: [
          {
            name: 'web',
            image: 'x@sha256:1',
            imagePullPolicy: 'IfNotPresent',
            terminationMessagePath: '/dev/termination-log',
            ports: [{ containerPort: 8080, protocol: 'TCP', name: 'http' }],
            env: [{ name: 'A', value: '1' }],
          },
        ],
        volumes: [{ name: 'tmp', emptyDir: { medium: 'Memory' } }],
      },
    },
  },
};
const container = { name: 'web', image: 'x@sha256:1', ports: [{ containerPort: 8080, name: 'http' }] };
const wanting = (pod: object, spec: object = {}) => ({ spec: { ...spec, template: { spec: pod } } });

describe('no drift', () => {
  test.each<[string, object]>([
    ['what was defaulted is more than what we want', wanting({ containers: [container] }, { replicas: 1 })],
    ['members without a value ask for nothing', wanting({ containers: [container], dnsPolicy: undefined })],
    ['a null asks for nothing', { spec: { paused: null } }],
    ['an empty list is as good as none', { spec: { template: { spec: { tolerations: [] } } } }],
    ['an empty map is contained in any', { metadata: { labels: {} } }],
    ['a label that somebody added is theirs', { metadata: { labels: { app: 'a' } } }],
    ['a selector that is the same', { spec: { selector: { matchLabels: { app: 'a' } } } }],
  ])('%s', (_, desired) => {
    expect(findDrift(desired, defaulted)).toBeUndefined();
  });

  test('a port is found whether or not its protocol was defaulted', () => {
    const have = { ports: [{ port: 80, targetPort: 8080, protocol: 'TCP' }] };
    expect(findDrift({ ports: [{ port: 80, targetPort: 8080 }] }, have)).toBeUndefined();
  });

  test('merged lists may come in another order', () => {
    const have = {
      env: [
        { name: 'B', value: '2' },
        { name: 'A', value: '1' },
      ],
    };
    expect(
      findDrift(
        {
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: '2' },
          ],
        },
        have,
      ),
    ).toBeUndefined();
  });
});

describe('drift', () => {
  test.each<[string, object, string]>([
    ['another value', { spec: { replicas: 2 } }, 'spec.replicas'],
    ['a value that is missing', { spec: { paused: true } }, 'spec.paused'],
    ['a map that is missing', { spec: { strategy: { type: 'Recreate' } } }, 'spec.strategy'],
    [
      'another image',
      wanting({ containers: [{ ...container, image: 'x@sha256:2' }] }),
      'spec.template.spec.containers[0].image',
    ],
    ['a container too many', wanting({ containers: [] }), 'spec.template.spec.containers'],
    [
      'a container too few',
      wanting({ containers: [container, { name: 'b' }] }),
      'spec.template.spec.containers',
    ],
    ['another container', wanting({ containers: [{ name: 'b' }] }), 'spec.template.spec.containers[0]'],
    [
      'a variable too many',
      wanting({ containers: [{ ...container, env: [] }] }),
      'spec.template.spec.containers[0].env',
    ],
    ['a label that is gone', { metadata: { labels: { app: 'a', gone: 'x' } } }, 'metadata.labels.gone'],
  ])('%s', (_, desired, path) => {
    expect(findDrift(desired, defaulted)?.path).toBe(path);
  });

  test('a selector that has grown selects something else', () => {
    const have = { spec: { podSelector: { matchLabels: { app: 'a', more: 'b' } } } };
    expect(findDrift({ spec: { podSelector: { matchLabels: { app: 'a' } } } }, have)?.path).toBe(
      'spec.podSelector.matchLabels.more',
    );
    expect(findDrift({ spec: { podSelector: {} } }, have)?.path).toBe('spec.podSelector');
  });

  test('a list that is replaced as a whole must keep its order', () => {
    expect(findDrift({ args: ['a', 'b'] }, { args: ['b', 'a'] })?.path).toBe('args[0]');
  });

  test('nothing there at all', () => {
    expect(findDrift({ spec: { a: 1 } }, undefined)?.path).toBe('');
  });

  test('is told in one line, long values cut', () => {
    expect(describeDrift({ spec: { replicas: 2 } }, defaulted)).toBe('spec.replicas: want 2, have 1');
    const line = describeDrift({ a: 'x'.repeat(200) }, {});
    expect(line).toMatch(/^a: want "x{70,}\.\.\., have nothing$/);
  });
});
