// The chart's schema of a gateway service, made from the zod schema that the API checks rows with: what `helm lint` takes the
// API takes, but for what only the whole row can tell. Run this file after a change of the row; a test compares.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { serviceRow } from '../../api/src/gateway/row.ts';
import { chartDir } from './render.ts';

const PATH = join(chartDir, 'values.schema.json');
const jsonObject = z.record(z.string(), z.unknown());
const valuesSchema = z.looseObject({ $defs: jsonObject });

/** Definitions for values.schema.json: `gatewayService`, and what it refers to. All fields of a service are optional: a part changes one of ours. */
export const gatewayDefinitions = (): Record<string, unknown> => {
  const made = z.toJSONSchema(serviceRow.partial(), { target: 'draft-07', io: 'input' });
  const text = JSON.stringify(made).replaceAll('#/definitions/__schema', '#/$defs/gatewayMapping');
  const { $schema: _draft, definitions, ...gatewayService } = jsonObject.parse(JSON.parse(text));
  const inner = Object.entries(jsonObject.parse(definitions ?? {}));
  return {
    gatewayService,
    ...Object.fromEntries(inner.map(([name, value]) => [name.replace('__schema', 'gatewayMapping'), value])),
  };
};

/** Definitions as they stand in the chart. */
export const definitionsInChart = async (): Promise<Record<string, unknown>> =>
  valuesSchema.parse(JSON.parse(await readFile(PATH, 'utf8'))).$defs;

if (import.meta.main) {
  const values = valuesSchema.parse(JSON.parse(await readFile(PATH, 'utf8')));
  const next = { ...values, $defs: { ...values.$defs, ...gatewayDefinitions() } };
  await writeFile(PATH, `${JSON.stringify(next, null, 2)}\n`);
  console.log('wrote charts/faibric/values.schema.json; format it with npm run format');
}
