import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Operation } from '../contract/operation.ts';
import { OPERATIONS } from '../contract/operations/operations.ts';
import { PROBLEM_STATUS } from '../contract/problem.ts';
import { makeOpenApi, openApiPath } from './document.ts';

const document = makeOpenApi(OPERATIONS);
const asJson = z.record(z.string(), z.unknown()).parse(JSON.parse(JSON.stringify(document)));

const anOperation = (parts: Partial<Operation>): Operation => ({
  id: 'doThing',
  method: 'GET',
  path: '/api/things/:id/',
  tag: 'platform',
  summary: 'Do a thing',
  callers: ['account'],
  answers: { 200: { description: 'Done.' } },
  problems: [],
  ...parts,
});
const objectOf = (parts: Partial<Operation>) => {
  const operation = anOperation(parts);
  return makeOpenApi([operation]).paths[openApiPath(operation.path)]?.[operation.method.toLowerCase()];
};

describe('the document of all operations', () => {
  test('is valid OpenAPI 3.1 in the eyes of an independent validator', async () => {
    const validator = new Validator();
    expect((await validator.validate(asJson)).errors).toBeUndefined();
    expect(validator.version).toBe('3.1');
  });

  test('and that validator is not blind: a document without a title is refused', async () => {
    expect((await new Validator().validate({ openapi: '3.1.1', info: {}, paths: {} })).valid).toBe(false);
  });

  test('holds every operation once', () => {
    const written = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, { operationId }]) => `${method.toUpperCase()} ${path} ${operationId}`,
      ),
    );
    expect(written.sort()).toEqual(
      OPERATIONS.map(({ method, path, id }) => `${method} ${openApiPath(path)} ${id}`).sort(),
    );
  });

  test('refers to nothing that it does not hold', () => {
    const names = [...JSON.stringify(asJson).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]);
    const held = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => !held.includes(name ?? ''))).toEqual([]);
  });

  test('gives every problem the status of the table', () => {
    for (const methods of Object.values(document.paths)) {
      for (const { responses } of Object.values(methods)) {
        for (const [status, response] of Object.entries(responses)) {
          for (const code of response['x-codes'] ?? [])
            expect(PROBLEM_STATUS[code as keyof typeof PROBLEM_STATUS]).toBe(Number(status));
        }
      }
    }
  });
});

describe('one operation', () => {
  test('shows path, query and header parameters with their bounds', () => {
    const operation = objectOf({
      params: { id: z.string().regex(/^[a-z]+$/) },
      query: z.strictObject({
        limit: z.string().transform(Number).default(10).meta({ type: 'integer', default: 10 }),
      }),
      headers: z.object({ 'If-Match': z.string() }),
    });
    expect(operation?.parameters).toEqual([
      { name: 'id', in: 'path', required: true, schema: { type: 'string', pattern: '^[a-z]+$' } },
      { name: 'limit', in: 'query', required: false, schema: { type: 'integer', default: 10 } },
      { name: 'If-Match', in: 'header', required: true, schema: { type: 'string' } },
    ]);
  });

  test.each<[Operation['callers'], readonly string[]]>([
    [['anyone'], ['']],
    [['app'], ['visitor', 'user', '']],
    [['account'], ['session', 'token']],
    [
      ['app', 'owner'],
      ['visitor', 'user', '', 'session', 'token'],
    ],
    [['admin'], ['session', 'token']],
  ])('for %j asks for one of %j', (callers, schemes) => {
    expect(objectOf({ callers })?.security.map((one) => Object.keys(one).join())).toEqual(schemes);
  });

  test('a status that is an answer and a problem has both shapes', () => {
    const operation = objectOf({
      answers: { 503: { description: 'Not yet.', schema: z.object({ ok: z.boolean() }) } },
    });
    expect(Object.keys(operation?.responses['503']?.content ?? {})).toEqual([
      'application/problem+json',
      'application/json',
    ]);
  });

  test('without a body needs no body, with one says which', () => {
    expect(objectOf({})?.requestBody).toBeUndefined();
    const operation = objectOf({ method: 'POST', body: z.strictObject({ a: z.number() }) });
    expect(operation?.requestBody?.content['application/json']?.schema).toEqual({
      type: 'object',
      properties: { a: { type: 'number' } },
      required: ['a'],
      additionalProperties: false,
    });
    expect(operation?.responses['413']?.['x-codes']).toEqual(['payload_too_large']);
    expect(operation?.responses['403']?.['x-codes']).toEqual(['cross_site']);
  });
});
