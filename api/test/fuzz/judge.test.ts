import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Operation } from '../../src/contract/operation.ts';
import type { Reply } from '../callers.ts';
import { complaintOf } from './judge.ts';

const operation: Operation = {
  id: 'getThing',
  method: 'GET',
  path: '/api/things/:id/',
  tag: 'platform',
  summary: 'Give a thing',
  callers: ['account'],
  answers: {
    200: { description: 'The thing.', schema: z.object({ name: z.string() }) },
    204: { description: 'None.' },
  },
  problems: [],
};
const request = {
  operationId: 'getThing',
  caller: { name: 'x' },
  sending: { method: 'GET', path: '/', headers: {} },
};
const reply = (parts: Partial<Reply>): Reply => ({
  status: 200,
  type: 'application/json; charset=utf-8',
  headers: { 'x-request-id': '1' },
  text: '{"name":"a"}',
  ...parts,
});
const problem = (status: number, code: string, detail = 'No.'): Partial<Reply> => ({
  status,
  type: 'application/problem+json',
  text: JSON.stringify({ type: 't', title: 'T', status, code, detail }),
});
const judge = (parts: Partial<Reply>): string | null =>
  complaintOf(operation, request, { reply: reply(parts), forbidden: () => ['canary'] });

describe('the judge of fuzzed answers', () => {
  test.each<[string, Partial<Reply>]>([
    ['the answer that the record names', {}],
    ['an answer without a body', { status: 204, type: '', text: '' }],
    ['a problem that every operation may have', problem(401, 'unauthorized')],
    ['503', problem(503, 'unavailable')],
  ])('takes %s', (_what, parts) => {
    expect(judge(parts)).toBeNull();
  });

  test.each<[string, Partial<Reply>]>([
    ['500, documented or not', problem(500, 'internal')],
    ['a status that nobody wrote down', { status: 202 }],
    ['a code that is not of this operation', problem(409, 'conflict')],
    ['a code with the status of another', problem(400, 'unauthorized')],
    ['a 503 that is no problem document', { status: 503, text: '{}' }],
    ['an answer that lacks a field', { text: '{}' }],
    ['an answer with a field that the schema does not name', { text: '{"name":"a","author":"v:1"}' }],
    ['another type', { type: 'text/html' }],
    ["a word of somebody else's", { text: '{"name":"canary"}' }],
    ['a stack', problem(400, 'invalid_query', 'Error\n    at run (/app/x.ts:1)')],
    ['no request id', { headers: {} }],
    ['leave for another origin', { headers: { 'x-request-id': '1', 'access-control-allow-origin': '*' } }],
  ])('complains of %s', (_what, parts) => {
    expect(judge(parts)).toEqual(expect.any(String));
  });
});
