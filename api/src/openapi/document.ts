// The OpenAPI 3.1 document, made from the operations and their zod schemas. Nothing in it is written by hand a second
// time: what the routes validate with is what it shows.
import type { Answer, Caller, Operation } from '../contract/operation.ts';
import { PROBLEM_STATUS, problemSchema } from '../contract/problem.ts';
import { problemsOf } from './common-problems.ts';
import { type Components, type JsonSchema, makeComponents } from './components.ts';

/** What a parameter looks like in the document. */
export interface ParameterObject {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}

/** A body by media type. */
export type Content = Readonly<Record<string, { readonly schema: JsonSchema }>>;

/** What one status means. */
export interface ResponseObject {
  readonly description: string;
  readonly content?: Content;
  readonly 'x-events'?: Readonly<Record<string, JsonSchema>>;
  readonly 'x-codes'?: readonly string[];
}

/** One operation in the document. */
export interface OperationObject {
  readonly operationId: string;
  readonly tags: readonly [string];
  readonly summary: string;
  readonly description?: string;
  readonly 'x-callers': readonly Caller[];
  readonly security: readonly Readonly<Record<string, readonly []>>[];
  readonly parameters?: readonly ParameterObject[];
  readonly requestBody?: { readonly required: true; readonly content: Content };
  readonly responses: Readonly<Record<string, ResponseObject>>;
}

/** The document. */
export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly object[];
  readonly tags: readonly { readonly name: Operation['tag']; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly securitySchemes: Readonly<Record<string, object>>;
  };
}

const VERSION = '1';
const JSON_TYPE = 'application/json';
const PROBLEM_TYPE = 'application/problem+json';

const INTRODUCTION = [
  "One server behind the ingress. On the platform's own host it serves accounts and projects; on an app's host it serves",
  "that app's documents, its users and live data. Which app a request is for is decided by the host that was asked,",
  'and a path that names another app answers like an app that is not there.',
  'Every error is a problem document (RFC 9457) with a stable `code`; every answer carries `X-Request-Id`.',
].join(' ');

const TAGS: OpenApiDocument['tags'] = [
  { name: 'projects', description: 'Apps: made from a prompt, changed, watched, deleted.' },
  {
    name: 'documents',
    description: 'The data of one app: documents in collections, under its access rules.',
  },
  { name: 'app users', description: 'The people who use one app, separate for each app.' },
  { name: 'gateway', description: 'Live data by the name of a service. Keys stay on the server.' },
  { name: 'accounts', description: 'Who signs in to the platform itself.' },
  { name: 'platform', description: 'Health and this document.' },
];

const SECURITY_SCHEMES = {
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'faibric-session',
    description: 'Set by signing in. Named `__Host-faibric-session` where the browser takes secure cookies.',
  },
  token: { type: 'http', scheme: 'bearer', description: 'A personal access token, for tools.' },
  visitor: {
    type: 'apiKey',
    in: 'cookie',
    name: 'faibric-visitor',
    description: "On an app's host: the anonymous identity of this browser, given without asking.",
  },
  user: {
    type: 'apiKey',
    in: 'cookie',
    name: 'faibric-user',
    description: "On an app's host: a signed-in user of that app.",
  },
} as const;

const ON_PLATFORM = [{ session: [] }, { token: [] }] as const;
const ON_APP = [{ visitor: [] }, { user: [] }, {}] as const;

const securityOf = (callers: readonly Caller[]): OperationObject['security'] => {
  if (callers.includes('anyone')) return [{}];
  const app = callers.includes('app') ? ON_APP : [];
  return callers.some((caller) => caller !== 'app') ? [...app, ...ON_PLATFORM] : app;
};

/** `/a/:id/` as OpenAPI writes it: `/a/{id}/`. */
export const openApiPath = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}');

const propertiesOf = (schema: JsonSchema): [string, JsonSchema][] =>
  Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>);

const withDescription = (schema: JsonSchema): Pick<ParameterObject, 'description' | 'schema'> => {
  const { description, ...rest } = schema;
  return typeof description === 'string' ? { description, schema: rest } : { schema: rest };
};

const parametersOf = (operation: Operation, components: Components): ParameterObject[] => {
  const path = Object.entries(operation.params ?? {}).map(
    ([name, schema]): ParameterObject => ({
      name,
      in: 'path',
      required: true,
      ...withDescription(components.expand(schema)),
    }),
  );
  const of = (place: 'query' | 'header', object: Operation['query']): ParameterObject[] => {
    if (object === undefined) return [];
    const schema = components.expand(object);
    const required: unknown = schema.required;
    return propertiesOf(schema).map(([name, property]) => ({
      name,
      in: place,
      required: Array.isArray(required) && required.includes(name),
      ...withDescription(property),
    }));
  };
  return [...path, ...of('query', operation.query), ...of('header', operation.headers)];
};

const mapValues = <T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));

const answerObject = (
  { description, schema, type, events }: Answer,
  components: Components,
): ResponseObject => {
  if (schema === undefined && type === undefined) return { description };
  const shape = schema === undefined ? { type: 'string' } : components.use(schema);
  return {
    description,
    content: { [type ?? JSON_TYPE]: { schema: shape } },
    ...(events === undefined ? {} : { 'x-events': mapValues(events, components.use) }),
  };
};

/** One response for each status: its codes, and the one shape of all problems. */
const problemResponses = (operation: Operation, components: Components): Record<string, ResponseObject> => {
  const byStatus = Object.groupBy(problemsOf(operation), (code) => String(PROBLEM_STATUS[code]));
  const schema = components.use(problemSchema);
  return mapValues(byStatus, (codes = []) => ({
    description: codes.map((code) => `\`${code}\``).join(', '),
    content: { [PROBLEM_TYPE]: { schema } },
    'x-codes': codes,
  }));
};

const responsesOf = (operation: Operation, components: Components): OperationObject['responses'] => {
  const problems = problemResponses(operation, components);
  const answers = mapValues(operation.answers, (answer) => answerObject(answer, components));
  // A status may be both an answer and a problem (503 of /readyz): then it has both contents.
  const merged = Object.entries(answers).map(([status, answer]) => {
    const problem = problems[status];
    return [
      status,
      problem ? { ...problem, ...answer, content: { ...problem.content, ...answer.content } } : answer,
    ];
  });
  return { ...problems, ...Object.fromEntries(merged) };
};

const operationObject = (operation: Operation, components: Components): OperationObject => {
  const parameters = parametersOf(operation, components);
  const { body, bodyType = JSON_TYPE, description } = operation;
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    ...(description === undefined ? {} : { description }),
    'x-callers': operation.callers,
    security: securityOf(operation.callers),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { [bodyType]: { schema: components.use(body) } } } }),
    responses: responsesOf(operation, components),
  };
};

/** Makes the document of these operations. */
export const makeOpenApi = (operations: readonly Operation[]): OpenApiDocument => {
  const components = makeComponents();
  const paths: Record<string, Record<string, OperationObject>> = {};
  for (const operation of operations) {
    const path = openApiPath(operation.path);
    paths[path] = {
      ...paths[path],
      [operation.method.toLowerCase()]: operationObject(operation, components),
    };
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Faibric', version: VERSION, description: INTRODUCTION },
    servers: [{ url: '/', description: "The host that was asked: the platform's, or an app's." }],
    tags: TAGS,
    paths,
    components: { schemas: components.all(), securitySchemes: SECURITY_SCHEMES },
  };
};
