// Turns the parameters of a row into a check of what a client sends, and what was checked into text for the upstream.
// A client's value can only ever be a whole path segment or a whole query value, both percent-encoded; a value
// that would mean something to a careless upstream after decoding once more is refused here.
import { z } from 'zod';
import type { ActionRow, ParameterRow } from './row.ts';
import { MAX_EACH } from './row.ts';

/** Checked parameters by name. */
export type Parameters = Readonly<Record<string, string | number | boolean | readonly string[]>>;

const MAX_TEXT = 300;
const MAX_LIST = 50;
// What could end a segment, climb, or be decoded into that.
const UNSAFE_IN_PATH = /[/\\%?#;]|^\.{1,2}$/;

/** Names of the parameters that stand in a path template. */
export const pathNames = (path: string): readonly string[] =>
  [...path.matchAll(/\{([A-Za-z0-9_]+)\}/g)].map((match) => match[1] ?? '');

const textSchema = (row: ParameterRow, length: { min: number; max: number }, inPath: boolean) => {
  let schema = z.string().trim();
  if (row.case === 'upper') schema = schema.toUpperCase();
  if (row.case === 'lower') schema = schema.toLowerCase();
  schema = schema.min(length.min).max(length.max);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  schema = schema.regex(/^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/, 'must have no control characters');
  if (row.pattern !== undefined) {
    schema = schema.regex(new RegExp(`^(?:${row.pattern})$`, 'u'), row.hint ?? `must match ${row.pattern}`);
  }
  if (inPath) schema = schema.refine((text) => !UNSAFE_IN_PATH.test(text), 'must not look like a path');
  return schema;
};

const itemSchema = (row: ParameterRow, inPath: boolean): z.ZodType<string> =>
  row.enum === undefined ? textSchema(row, { min: 1, max: MAX_TEXT }, inPath) : z.enum(row.enum);

const bounded = (schema: z.ZodNumber, { min, max }: ParameterRow): z.ZodNumber => {
  const least = min === undefined ? schema : schema.min(min);
  return max === undefined ? least : least.max(max);
};

const typed = (row: ParameterRow, inPath: boolean): z.ZodType => {
  switch (row.type) {
    case 'integer':
      return bounded(z.int(), row);
    case 'number':
      return bounded(z.number(), row);
    case 'boolean':
      return z.boolean();
    case 'date':
      return z.iso.date('use a date like 2026-01-31');
    case 'list': {
      const most = row.each ? Math.min(row.max ?? MAX_EACH, MAX_EACH) : (row.max ?? MAX_LIST);
      const list = z
        .array(itemSchema(row, inPath))
        .min(row.min ?? 1)
        .max(most);
      // In one order and once each, so that the same question shares one cache entry.
      return list.transform((items) => (row.each ? [...new Set(items)] : [...new Set(items)].sort()));
    }
    case 'text':
      return row.enum === undefined
        ? textSchema(row, { min: row.min ?? 1, max: row.max ?? MAX_TEXT }, inPath)
        : z.enum(row.enum);
  }
};

const complain = (message: string, path: readonly string[] = []): z.ZodError =>
  new z.ZodError([{ code: 'custom', message, path: [...path], input: undefined }]);

/** Puts a single value under its list's name, for parameters with an alias. */
const withoutAliases = (row: ActionRow, raw: object): object => {
  const given = new Map(Object.entries(raw));
  for (const [name, { alias }] of Object.entries(row.parameters)) {
    if (alias === undefined || !given.has(alias)) continue;
    if (given.has(name)) throw complain(`give ${name} or ${alias}, not both`, [alias]);
    given.set(name, [given.get(alias)]);
    given.delete(alias);
  }
  return Object.fromEntries(given);
};

const checkGroups = (row: ActionRow, given: Parameters): void => {
  if (row.oneOf === undefined) return;
  const touched = row.oneOf.filter((group) => group.some((name) => given[name] !== undefined));
  const whole = touched.filter((group) => group.every((name) => given[name] !== undefined));
  if (touched.length === 1 && whole.length === 1) return;
  throw complain(`give ${row.oneOf.map((group) => group.join(' and ')).join(', or ')}`);
};

const parametersSchema = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
);

/** Makes the check of an action's parameters; it throws a ZodError that says what is wrong. */
export const compileParameters = (row: ActionRow): ((raw: object) => Parameters) => {
  const inPath = new Set(pathNames(row.path));
  const shape = Object.entries(row.parameters).map(([name, parameter]) => {
    const schema = typed(parameter, inPath.has(name));
    if (parameter.default !== undefined) return [name, schema.default(parameter.default)] as const;
    return [name, parameter.required ? schema : schema.optional()] as const;
  });
  const schema = z.strictObject(Object.fromEntries(shape));
  return (raw) => {
    const parsed = schema.parse(withoutAliases(row, raw));
    const given = parametersSchema.parse(
      Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined)),
    );
    checkGroups(row, given);
    return given;
  };
};

const DAY_SECONDS = 86_400;

/** How a checked value is written for the upstream. */
export const upstreamText = (row: ParameterRow, value: Parameters[string]): string => {
  if (typeof value === 'object') return value.join(row.separator);
  if (row.type !== 'date' || row.format === 'iso') return String(value);
  const start = Date.parse(`${value}T00:00:00Z`) / 1000;
  return String(row.format === 'unix' ? start : start + DAY_SECONDS);
};
