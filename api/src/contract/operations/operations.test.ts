import { describe, expect, test } from 'vitest';
import { PROBLEM_STATUS } from '../problem.ts';
import { OPERATIONS } from './operations.ts';

const EXACT_NAMES = ['/healthz', '/readyz', '/api/openapi.json'];

test('no two operations have one id', () => {
  const ids = OPERATIONS.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

describe.each(OPERATIONS)('$method $path', (operation) => {
  test('has an address with a slash at its end and exactly the parameters that it describes', () => {
    if (!EXACT_NAMES.includes(operation.path)) expect(operation.path).toMatch(/^\/api\/.*\/$/);
    const named = [...operation.path.matchAll(/:(\w+)/g)].map((match) => match[1]);
    expect(Object.keys(operation.params ?? {})).toEqual(named);
  });

  test('has callers, a good answer, and problems that exist, each once', () => {
    expect(operation.id).toMatch(/^[a-z]+([A-Z0-9][a-z0-9]*)*$/);
    expect(operation.callers.length).toBeGreaterThan(0);
    expect(Object.keys(operation.answers).some((status) => /^[123]/.test(status))).toBe(true);
    expect(operation.problems.filter((code) => !(code in PROBLEM_STATUS))).toEqual([]);
    expect(new Set(operation.problems).size).toBe(operation.problems.length);
  });

  test('takes a body only where HTTP has one', () => {
    if (operation.body !== undefined) expect(['POST', 'PUT', 'PATCH']).toContain(operation.method);
  });
});
