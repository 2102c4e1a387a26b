// Prometheus metrics on a port of their own, which no route of the ingress leads to.
import { createServer, type Server } from 'node:http';
import type { Registry } from 'prom-client';

/** Makes the server of `/metrics`. */
export const makeMetricsServer = (registry: Registry): Server =>
  createServer((req, res) => {
    if (req.url !== '/metrics') {
      res.writeHead(404).end();
      return;
    }
    registry.metrics().then(
      (text) => res.writeHead(200, { 'Content-Type': registry.contentType }).end(text),
      () => res.writeHead(500).end(),
    );
  });
