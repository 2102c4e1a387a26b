// What every answer must be, whatever was asked: a status and a shape that the operation's record names, no 5xx but a
// documented 503, no word of anybody else's data, nothing of our insides.
import { isDeepStrictEqual } from 'node:util';
import type { Operation } from '../../src/contract/operation.ts';
import { PROBLEM_STATUS, problemSchema } from '../../src/contract/problem.ts';
import { problemsOf } from '../../src/openapi/common-problems.ts';
import type { Reply } from '../callers.ts';
import type { FuzzedRequest } from './fuzzed-request.ts';

/** Words that must never be in an answer to this caller. */
export type Forbidden = (request: FuzzedRequest) => readonly string[];

const INSIDES = /\bat [\w.]+ \(|node_modules|postgres(ql)?:\/\/|faibric\.(documents|usage)|syntax error at/i;

const isServerError = (status: number): boolean => status >= 500 && status !== 503;

const problemComplaint = (operation: Operation, { status, text }: Reply): string | null => {
  const problem = problemSchema.safeParse(JSON.parse(text));
  if (!problem.success) return 'the problem has not its shape';
  const known = problemsOf(operation).find((code) => code === problem.data.code);
  if (known === undefined) return `the code ${problem.data.code} is not documented`;
  if (PROBLEM_STATUS[known] !== status || problem.data.status !== status) return 'code and status differ';
  return null;
};

const answerComplaint = (operation: Operation, { status, type, text }: Reply): string | null => {
  const answer = operation.answers[status];
  if (answer === undefined) return `the status ${status} is not documented`;
  const wanted = answer.type ?? (answer.schema === undefined ? '' : 'application/json');
  if (!type.startsWith(wanted)) return `the type is ${type}, not ${wanted}`;
  if (answer.schema === undefined || answer.type !== undefined) return null;
  const value: unknown = JSON.parse(text);
  const parsed = answer.schema.safeParse(value);
  if (!parsed.success)
    return `the answer has not its shape: ${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}`;
  // What the schema does not name is dropped by parsing: the answer then says more than the document.
  return isDeepStrictEqual(parsed.data, value) ? null : 'the answer holds what its schema does not name';
};

/** What is wrong with an answer, or null. */
export const complaintOf = (
  operation: Operation,
  request: FuzzedRequest,
  given: { reply: Reply; forbidden: Forbidden },
): string | null => {
  const { reply, forbidden } = given;
  if (isServerError(reply.status)) return `it is a ${reply.status}`;
  if (INSIDES.test(reply.text) && reply.type.includes('problem')) return 'it shows our insides';
  const leaked = forbidden(request).find((word) => reply.text.includes(word));
  if (leaked !== undefined) return `it holds ${leaked}`;
  if (reply.headers['x-request-id'] === undefined) return 'it has no request id';
  if (reply.headers['access-control-allow-origin'] !== undefined) return 'it allows another origin';
  return reply.type.startsWith('application/problem+json')
    ? problemComplaint(operation, reply)
    : answerComplaint(operation, reply);
};
