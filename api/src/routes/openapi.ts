// The contract as others read it: the OpenAPI document and its reference page, both made once when the server starts.
// Open to whoever reaches the platform's host: it holds nothing that the source does not.
import { createHash } from 'node:crypto';
import { Router } from 'express';
import { OPERATIONS } from '../contract/operations/operations.ts';
import { parseQuery } from '../http/query.ts';
import { allowOnly, sendJsonText, sendText } from '../http/send.ts';
import { makeOpenApi } from '../openapi/document.ts';
import { makeReferencePage } from '../openapi/page.ts';
import { PAGE_STYLE } from '../openapi/page-style.ts';

const styleDigest = createHash('sha256').update(PAGE_STYLE).digest('base64');
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${styleDigest}'`,
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Makes the router of `/api/openapi.json` and `/api/docs/`. */
export const openApiRouter = (): Router => {
  const router = Router({ caseSensitive: true });
  const document = makeOpenApi(OPERATIONS);
  const json = JSON.stringify(document);
  const page = makeReferencePage(document);
  router
    .route('/api/openapi.json')
    .get((req, res) => {
      parseQuery(req.url, []);
      sendJsonText(res, 200, json);
    })
    .all(allowOnly('GET', 'HEAD'));
  router
    .route('/api/docs/')
    .get((req, res) => {
      parseQuery(req.url, []);
      res.setHeader('Content-Security-Policy', POLICY);
      sendText(res, 'text/html; charset=utf-8', page);
    })
    .all(allowOnly('GET', 'HEAD'));
  return router;
};
