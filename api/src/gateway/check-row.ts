// What the schema of a row cannot say. The rule that matters most: nothing that a client sends may stand where the key
// or a fixed value stands, so such a row is refused before anything is served.
import { NORMALISERS } from './normalisers.ts';
import { pathNames } from './parameters.ts';
import type { ActionRow, KeyRow, ParameterRow, ServiceRow } from './row.ts';

// Names that a request for an action has of its own.
const TAKEN = new Set(['service', 'action', 'url', 'endpoint', 'key']);
const FORBIDDEN_HEADERS =
  /^(host|cookie|connection|content-.*|transfer-encoding|x-forwarded-.*|forwarded|te|upgrade)$/i;

const badPattern = (row: ParameterRow): boolean => {
  try {
    return row.pattern !== undefined && new RegExp(`^(?:${row.pattern})$`, 'u').source === '';
  } catch {
    return true;
  }
};

const checkParameter = (name: string, row: ParameterRow): string | null => {
  if (TAKEN.has(name)) return `a parameter must not be named ${name}`;
  if (badPattern(row)) return `the pattern of ${name} is not a regular expression`;
  if (row.each && row.type !== 'list') return `${name} makes one call each, so it must be a list`;
  if (row.alias !== undefined && row.type !== 'list') return `${name} has an alias, so it must be a list`;
  return null;
};

const checkPath = (row: ActionRow, key: KeyRow | undefined): string | null => {
  const segments = row.path.split('/').slice(1);
  const odd = segments.find((segment) => /[{}]/.test(segment.replace(/^\{[A-Za-z0-9_]+\}$/, '')));
  if (odd !== undefined) return `the path segment ${odd} must be {parameter} as a whole`;
  if (segments.some((segment) => /^\.{1,2}$/.test(segment))) return 'the path must not climb';
  const names = pathNames(row.path);
  if (names.includes('key') !== (key?.in === 'path'))
    return 'the path must hold {key} exactly when key.in is path';
  const missing = names.find((name) => {
    const parameter = row.parameters[name];
    return (
      name !== 'key' && (parameter === undefined || !(parameter.required || parameter.default !== undefined))
    );
  });
  return missing === undefined ? null : `{${missing}} must be a parameter that is required or has a default`;
};

const checkQuery = (row: ActionRow, key: KeyRow | undefined): string | null => {
  const inPath = new Set(pathNames(row.path));
  const own = Object.entries(row.parameters)
    .filter(([name]) => !inPath.has(name))
    .map(([name, parameter]) => parameter.as ?? name);
  const all = [...own, ...Object.keys(row.query)].map((name) => name.toLowerCase());
  const twice = all.find((name, i) => all.indexOf(name) !== i);
  if (twice !== undefined) return `the query has ${twice} twice`;
  const keyName = key?.in === 'query' ? key.name?.toLowerCase() : undefined;
  if (keyName !== undefined && all.includes(keyName))
    return `the query parameter ${keyName} is the key's own`;
  const unknown = Object.values(row.query).find(
    (fixed) => typeof fixed !== 'string' && !Object.hasOwn(row.parameters, fixed.by),
  );
  return unknown === undefined ? null : 'a query value follows from a parameter that is not there';
};

const checkAction = (row: ActionRow, key: KeyRow | undefined): string | null => {
  for (const [name, parameter] of Object.entries(row.parameters)) {
    const problem = checkParameter(name, parameter);
    if (problem !== null) return problem;
  }
  if (Object.values(row.parameters).filter(({ each }) => each).length > 1)
    return 'only one parameter can make one call each';
  if (row.normaliser !== undefined && !NORMALISERS.has(row.normaliser))
    return `there is no normaliser ${row.normaliser}; there are ${[...NORMALISERS.keys()].join(', ')}`;
  if (row.normaliser !== undefined && row.select !== undefined)
    return 'give a normaliser or select, not both';
  const stranger = row.oneOf?.flat().find((name) => !Object.hasOwn(row.parameters, name));
  if (stranger !== undefined) return `oneOf names ${stranger}, which is no parameter`;
  return checkPath(row, key) ?? checkQuery(row, key);
};

const checkKey = (key: KeyRow): string | null => {
  const named = key.in === 'query' || key.in === 'header';
  if (named && key.name === undefined) return `key.name must say which ${key.in} the key goes into`;
  if (key.in === 'header' && FORBIDDEN_HEADERS.test(key.name ?? ''))
    return `the key cannot go into ${key.name}`;
  if (key.in !== 'clientCredentials') return null;
  if (key.secretEntry === undefined) return 'key.secretEntry must name the entry with the client secret';
  return key.tokenUrl === undefined ? 'key.tokenUrl must say where tokens come from' : null;
};

/** What is wrong with a row, or null. */
export const checkRow = (row: ServiceRow): string | null => {
  if (!Object.hasOwn(row.actions, row.defaultAction))
    return `defaultAction ${row.defaultAction} is none of its actions`;
  const header = Object.keys(row.headers).find((name) => FORBIDDEN_HEADERS.test(name));
  if (header !== undefined) return `the header ${header} cannot be set`;
  const key = row.key === undefined ? null : checkKey(row.key);
  if (key !== null) return key;
  for (const [name, action] of Object.entries(row.actions)) {
    const problem = checkAction(action, row.key);
    if (problem !== null) return `action ${name}: ${problem}`;
  }
  return null;
};
