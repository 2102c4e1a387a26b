// Run once while the builder image is made: checks a small app, which proves that the image can, and fills the compile
// cache that every later check starts from. Fails the image's build when the check does not pass.
import { chmod, chown, mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from './check.ts';

/** User of the image; it writes to /out and /tmp and nowhere else. */
const USER = 10001;

const APP = `import { AppShell, Card, DataTable, LineChart, useCollection, useGateway } from '@faibric/app';
import { Sprout } from 'lucide-react';
export default function App() {
  const list = useCollection<{ name: string }>('things');
  const live = useGateway<{ quotes: { price: number }[] }>({ service: 'yahoo_finance', symbols: ['AAPL'] });
  return (
    <AppShell title="Things" icon={<Sprout />}>
      <DataTable label="Things" items={list.items} columns={[{ key: 'name', label: 'Name' }]} loading={list.loading} />
      <Card title={String(live.data?.quotes[0]?.price ?? '')}>
        <LineChart label="Line" data={[{ x: '1', y: 1 }]} x="x" series={[{ key: 'y', label: 'Y' }]} />
      </Card>
    </AppShell>
  );
}
`;

/** Opens a folder's content to all readers: the cache is written by root and read by the image's user. */
async function openUp(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  }
}

await mkdir('/tmp', { recursive: true });
await chmod('/tmp', 0o1777);
await mkdir('/out', { recursive: true });
await chown('/out', USER, USER);
process.env.FAIBRIC_WARM = '1';
const work = await mkdtemp(join(tmpdir(), 'faibric-prepare-'));
await mkdir(join(work, 'src'));
await writeFile(join(work, 'src/App.tsx'), APP);
await writeFile(join(work, 'app.json'), '{"appId":"prepare","revision":1,"title":"Prepare"}');
const findings = await check(work, join(work, 'out'));
process.stdout.write(`${JSON.stringify(findings)}\n`);
if (process.env.NODE_COMPILE_CACHE) await openUp(process.env.NODE_COMPILE_CACHE);
process.exitCode = findings.ok ? 0 : 1;
