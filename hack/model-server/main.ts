// node hack/model-server/main.ts [--port N] [--host H] [--script FILE]: plays a script as an OpenAI-compatible server, until
// it is stopped. Without a file it answers with a plan and a small app.
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { DEFAULT_SCRIPT } from './default-script.ts';
import { startModelServer } from './model-server.ts';
import type { Script } from './script.ts';

const { values } = parseArgs({
  options: { port: { type: 'string' }, host: { type: 'string' }, script: { type: 'string' } },
});
// startModelServer parses the script, so a file of another shape ends with a message that says where.
const script: Script =
  values.script === undefined ? DEFAULT_SCRIPT : JSON.parse(await readFile(values.script, 'utf8'));
const server = await startModelServer(script, {
  port: Number(values.port ?? 8089),
  ...(values.host === undefined ? {} : { host: values.host }),
});
console.log(`OPENAI_BASE_URL=${server.baseUrl}`);
const stop = (): void => void server.close();
process.once('SIGTERM', stop).once('SIGINT', stop);
