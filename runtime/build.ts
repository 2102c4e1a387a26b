// Makes runtime/dist: everything that the images and the tests of the runtime need, from pinned packages and our source,
// with no network. `node runtime/build.ts` takes a few seconds; the cluster scripts run it before they build images.
import { join } from 'node:path';
import { buildLib } from './vendor/build-lib.ts';
import { buildTypes } from './vendor/build-types.ts';
import { buildVendor } from './vendor/build-vendor.ts';

/** Builds into `out`. */
export async function buildRuntime(out: string): Promise<void> {
  const builder = join(out, 'builder');
  await buildVendor(builder);
  const names = await buildLib(builder);
  await buildTypes(builder, names['lucide-react'] ?? []);
}

if (import.meta.main) await buildRuntime(join(import.meta.dirname, 'dist'));
