// nginx's proxy cache in the gateway bench: one worker, like the API's one process, a key of address and body, no access log.
// Behind it a server gives the very bytes that the gateway gives, so that both send the same.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../api/test/free-port.ts';
import type { CacheContestant } from './contestant.ts';

const config = (folder: string, port: number, upstream: number): string => `
user root;
worker_processes 1;
daemon off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events { worker_connections 1024; }
http {
  access_log off;
  keepalive_requests 10000000;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  proxy_cache_path ${folder}/cache keys_zone=bench:10m inactive=60m;
  server {
    listen 127.0.0.1:${port};
    location / {
      client_body_buffer_size 16k;
      client_body_in_single_buffer on;
      proxy_cache bench;
      proxy_cache_methods GET HEAD POST;
      proxy_cache_key "$request_method$request_uri|$request_body";
      proxy_cache_valid 200 60m;
      proxy_pass http://127.0.0.1:${upstream};
    }
  }
}
`;

/** Starts it with its answer in the cache. */
export const startNginx = async (answer: string, body: string): Promise<CacheContestant> => {
  let asked = 0;
  const upstream = createServer((_req, res) => {
    asked += 1;
    res.setHeader('Content-Type', 'application/json; charset=utf-8').end(answer);
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const folder = mkdtempSync(join(tmpdir(), 'faibric-nginx-'));
  const port = await freePort();
  writeFileSync(join(folder, 'nginx.conf'), config(folder, port, (upstream.address() as AddressInfo).port));
  const child = spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.kill('SIGQUIT')) await ended;
    upstream.closeAllConnections();
    upstream.close();
    rmSync(folder, { recursive: true, force: true });
  };
  const ask = async (): Promise<boolean> => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
    const found = await fetch(`http://127.0.0.1:${port}/api/gateway/`, init).catch(() => null);
    return (await found?.text()) === answer;
  };
  for (let tries = 0; !(await ask()); tries += 1) {
    if (tries > 200) {
      await stop();
      throw new Error('nginx does not answer: apt-get install nginx-light');
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const before = asked;
  await ask();
  if (asked !== before) throw new Error('nginx does not cache');
  return { name: 'nginx proxy cache', port, headers: {}, stop };
};
