// Whose field is it, and how is it taken out again?
import { describe, expect, test } from 'vitest';
import { findDrift } from './drift.ts';
import { type FieldSet, foreignFieldsOf, pathText, unwantedPaths, withoutPaths } from './foreign-fields.ts';

const desired = {
  spec: { ports: [{ port: 80 }], template: { spec: { containers: [{ name: 'web', image: 'x', env: [] }] } } },
};
const container = 'k:{"name":"web"}';
const inPod = (fields: FieldSet): FieldSet => ({ 'f:spec': { 'f:template': { 'f:spec': fields } } });

function texts(fields: FieldSet): string[] {
  return unwantedPaths(desired, [{ manager: 'kubectl-edit', fields }]).map(pathText);
}

describe('other managers', () => {
  test.each([
    ['ours', { manager: 'operator', fieldsV1: { 'f:spec': { 'f:a': {} } } }, 0],
    ["the cluster's own", { manager: 'kube-controller-manager', fieldsV1: { 'f:spec': { 'f:a': {} } } }, 0],
    ['a status', { manager: 'x', subresource: 'status', fieldsV1: { 'f:spec': { 'f:a': {} } } }, 0],
    ['labels and annotations', { manager: 'x', fieldsV1: { 'f:metadata': { 'f:labels': {} } } }, 0],
    ['an edit by hand', { manager: 'kubectl-edit', fieldsV1: { 'f:spec': { 'f:a': {} } } }, 1],
    [
      'a scale by hand',
      { manager: 'kubectl', subresource: 'scale', fieldsV1: { 'f:spec': { 'f:replicas': {} } } },
      1,
    ],
  ])('%s', (_, entry, count) => {
    expect(foreignFieldsOf([entry], ['operator'])).toHaveLength(count);
  });

  test('no managedFields are nobody', () => {
    expect(foreignFieldsOf(undefined, [])).toEqual([]);
  });
});

describe('unwanted', () => {
  test.each<[string, FieldSet, string[]]>([
    ['a field that we do not name', inPod({ 'f:hostNetwork': {} }), ['spec.template.spec.hostNetwork']],
    [
      'a field that we do name is compared, not judged',
      inPod({ 'f:containers': { [container]: { 'f:image': {} } } }),
      [],
    ],
    [
      'a field inside our container',
      inPod({ 'f:containers': { [container]: { 'f:command': {} } } }),
      ['spec.template.spec.containers[name:web].command'],
    ],
    [
      'a container of theirs is one thing',
      inPod({ 'f:containers': { 'k:{"name":"evil"}': { '.': {}, 'f:image': {} } } }),
      ['spec.template.spec.containers[name:evil]'],
    ],
    [
      'a port whose protocol was defaulted is ours',
      { 'f:spec': { 'f:ports': { 'k:{"port":80,"protocol":"TCP"}': {} } } },
      [],
    ],
    [
      'a rollout restart is allowed',
      { 'f:spec': { 'f:template': { 'f:metadata': { 'f:annotations': { '.': {}, 'f:restartedAt': {} } } } } },
      [],
    ],
  ])('%s', (_, fields, expected) => {
    expect(texts(fields)).toEqual(expected);
  });
});

test('what is unwanted is taken out of a copy, and nothing else', () => {
  const object = {
    spec: {
      template: {
        spec: { hostNetwork: true, containers: [{ name: 'web', command: ['x'] }, { name: 'evil' }] },
      },
    },
  };
  const fields = inPod({
    'f:hostNetwork': {},
    'f:containers': { [container]: { 'f:command': {} }, 'k:{"name":"evil"}': { '.': {} } },
  });
  const paths = unwantedPaths(desired, [{ manager: 'x', fields }]);
  expect(withoutPaths(object, paths)).toEqual({
    spec: { template: { spec: { containers: [{ name: 'web' }] } } },
  });
  expect(object.spec.template.spec.hostNetwork).toBe(true);
});

test('they count as drift of the whole object', () => {
  const foreignFields = [{ manager: 'x', fields: { 'f:spec': { 'f:type': {} } } }];
  const observed = { metadata: { foreignFields }, spec: { ports: [{ port: 80 }], type: 'NodePort' } };
  expect(findDrift({ spec: { ports: [{ port: 80 }] } }, observed)?.path).toBe('spec.type');
  expect(findDrift({ spec: { ports: [{ port: 80 }], type: 'NodePort' } }, observed)).toBeUndefined();
});
