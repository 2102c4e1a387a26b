// kind-config.yaml with what only this machine knows filled in: the host port, and where the registry hints lie. They
// are copied out of the checkout first: the node mounts them for life, and a checkout may be moved or deleted.
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import type { Settings } from '../settings.ts';

/** Fills in port and mount; everything else of the text stays as it is. */
export function fillKindConfig(text: string, fill: { httpPort: number; certsDir: string }): string {
  const document = parseDocument(text);
  document.setIn(['nodes', 0, 'extraPortMappings', 0, 'hostPort'], fill.httpPort);
  document.setIn(['nodes', 0, 'extraMounts', 0, 'hostPath'], fill.certsDir);
  return document.toString();
}

/** Writes the filled configuration and the hints into the state directory; gives the configuration's path. */
export async function writeKindConfig(settings: Settings): Promise<string> {
  const certsDir = join(settings.stateDir, 'certs.d');
  await mkdir(settings.stateDir, { recursive: true });
  await rm(certsDir, { recursive: true, force: true });
  await cp(new URL('./certs.d', import.meta.url), certsDir, { recursive: true });
  const text = await readFile(new URL('../../kind-config.yaml', import.meta.url), 'utf8');
  const path = join(settings.stateDir, 'kind-config.yaml');
  await writeFile(path, fillKindConfig(text, { httpPort: settings.httpPort, certsDir }));
  return path;
}
