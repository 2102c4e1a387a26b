// The services of this installation: the table's rows, changed and added to by the Helm value gateway.services. Everything
// that could be wrong with a row is found here, when the API starts, and said in a sentence that names the row.
// Lookups are by Map: no name that a client sends can reach a prototype.
import { z } from 'zod';
import { parseBase } from './base-address.ts';
import { checkRow } from './check-row.ts';
import { compileAction, type ServiceAction } from './compile-action.ts';
import { SERVICE_NAME, type ServiceRow, type ServiceRowInput, serviceRow } from './row.ts';

/** The file that FAIBRIC_GATEWAY_CONFIG names: parts of rows, or whole ones, by service. */
export const gatewayConfigSchema = z.strictObject({
  services: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});
/** What an installation says about services. */
export type GatewayConfig = z.infer<typeof gatewayConfigSchema>;

/** A service, ready to use. */
export interface ConfiguredService extends Omit<ServiceRow, 'actions'> {
  readonly name: string;
  readonly base: URL;
  /** Where tokens come from, for services that need one. */
  readonly tokenBase: URL | null;
  readonly actions: ReadonlyMap<string, ServiceAction>;
}

/** Services by name. */
export type Registry = ReadonlyMap<string, ConfiguredService>;

const complain = (name: string, what: string): Error => new Error(`gateway service ${name}: ${what}`);

const parseRow = (name: string, value: unknown): ServiceRow => {
  const parsed = serviceRow.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw complain(name, `${issue?.path.join('.') || 'the row'}: ${issue?.message ?? 'not valid'}`);
};

const baseOf = (name: string, field: string, row: ServiceRow): URL => {
  const text = field === 'baseUrl' ? row.baseUrl : (row.key?.tokenUrl ?? '');
  try {
    return parseBase(text, row.allowPrivate);
  } catch (error) {
    throw complain(name, `the base address (${field}) ${error instanceof Error ? error.message : ''}`);
  }
};

const configure = (name: string, row: ServiceRow): ConfiguredService => {
  const problem = checkRow(row);
  if (problem !== null) throw complain(name, problem);
  const needsToken = row.key?.in === 'clientCredentials';
  return {
    ...row,
    name,
    requireKey: row.requireKey && row.key !== undefined && !row.key.optional,
    base: baseOf(name, 'baseUrl', row),
    tokenBase: needsToken ? baseOf(name, 'tokenUrl', row) : null,
    actions: new Map(Object.entries(row.actions).map(([action, parts]) => [action, compileAction(parts)])),
  };
};

/** The name that a table or a client means: `-` and `_` count as the same where only one of them is a service. */
export const findName = (names: { has(name: string): boolean }, name: string): string => {
  const twins = [name, name.replaceAll('-', '_'), name.replaceAll('_', '-')];
  return twins.find((twin) => names.has(twin)) ?? name;
};

const mergeRows = (
  table: Readonly<Record<string, ServiceRowInput>>,
  config: GatewayConfig,
): ReadonlyMap<string, object> => {
  const rows = new Map<string, object>(Object.entries(table));
  for (const [given, settings] of Object.entries(config.services)) {
    const name = findName(rows, given);
    if (!SERVICE_NAME.test(name))
      throw complain(name, 'a name has a-z, 0-9, - and _ and begins with a letter');
    const before = rows.get(name);
    if (before === undefined && settings.actions === undefined) {
      const known = Object.keys(table).join(', ');
      throw complain(
        name,
        `is not a service of Faibric (there are ${known}). To add one, give title, baseUrl, defaultAction and actions`,
      );
    }
    rows.set(name, { ...before, ...settings });
  }
  return rows;
};

/** Makes the registry; throws an Error that a person can act on. */
export const loadRegistry = (
  table: Readonly<Record<string, ServiceRowInput>>,
  config: GatewayConfig,
): Registry => {
  const services = [...mergeRows(table, config)].map(([name, value]) => ({
    name,
    row: parseRow(name, value),
  }));
  return new Map(
    services.filter(({ row }) => row.enabled).map(({ name, row }) => [name, configure(name, row)]),
  );
};
