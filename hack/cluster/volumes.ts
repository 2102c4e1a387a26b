// Makes volumes of the built node usable again. A volume whose claim is gone stays "Released" for ever under the class
// that we provide; what is in it belonged to the deleted claim, so it is emptied first, as a provisioner would.
import { z } from 'zod';
import { names } from '../settings.ts';
import { run } from '../shell.ts';
import type { Kubectl } from './kubectl.ts';

const volumes = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      spec: z.object({ hostPath: z.object({ path: z.string().startsWith('/var/local/faibric/') }) }),
      status: z.object({ phase: z.string().optional() }).optional(),
    }),
  ),
});

/** Empties and frees released volumes; gives their names. */
export async function freeReleasedVolumes(kubectl: Kubectl): Promise<string[]> {
  const { items } = volumes.parse(await kubectl.get(['pv', '-l', 'faibric.dev/local=true']));
  const released = items.filter((volume) => volume.status?.phase === 'Released');
  for (const volume of released) {
    const { path } = volume.spec.hostPath;
    await run('docker', ['exec', names.node, 'find', path, '-mindepth', '1', '-delete']);
    await kubectl.run([
      'patch',
      'pv',
      volume.metadata.name,
      '--type=json',
      '-p',
      '[{"op":"remove","path":"/spec/claimRef"}]',
    ]);
  }
  return released.map((volume) => volume.metadata.name);
}
