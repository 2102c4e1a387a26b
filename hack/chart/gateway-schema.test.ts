// The chart's schema of a gateway service is the API's own, and the example in the documentation is a service.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { gatewayConfigSchema, loadRegistry } from '../../api/src/gateway/registry.ts';
import { SERVICE_TABLE } from '../../api/src/gateway/service-table.ts';
import { definitionsInChart, gatewayDefinitions } from './gateway-schema.ts';
import { chartDir } from './render.ts';

test('values.schema.json has the definitions that are made from the row (run node hack/chart/gateway-schema.ts)', async () => {
  expect(await definitionsInChart()).toMatchObject(gatewayDefinitions());
});

test('the service that docs/spec/gateway.md adds is one, and is asked as the page says', async () => {
  const page = await readFile(join(chartDir, '..', '..', 'docs', 'spec', 'gateway.md'), 'utf8');
  const block = /```yaml\n# my-values.yaml\n(.*?)```/s.exec(page)?.[1] ?? '';
  const values = z.object({ gateway: z.unknown() }).parse(parse(block));
  const registry = loadRegistry(SERVICE_TABLE, gatewayConfigSchema.parse(values.gateway));
  const added = [...registry.keys()].filter((name) => !Object.hasOwn(SERVICE_TABLE, name));
  expect(added).toEqual(['trains']);
  const { calls } =
    registry.get('trains')?.actions.get('departures')?.prepare({ station: 'Zürich HB' }) ?? {};
  expect(calls).toEqual([
    { key: '', path: '/stations/Z%C3%BCrich%20HB/departures', query: { lang: 'en', limit: '10' } },
  ]);
});
