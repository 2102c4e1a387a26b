// The dashboard's files, in platform scope. Hashed assets are cached for ever, the page itself never; a path that
// is no file and no API gives the page (client-side routes), a missing asset gives 404.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type RequestHandler, type Response, Router } from 'express';
import { ApiError } from '../errors.ts';
import { pagePolicy } from '../http/security-headers.ts';

const IMMUTABLE = 'public, max-age=31536000, immutable';
const READS = new Set(['GET', 'HEAD']);
// Routes of the page are plain words; anything else (a file, an escape, a climb) is no page.
const isPagePath = (path: string): boolean => /^[A-Za-z0-9/_-]*$/.test(path);

const onlyReads: RequestHandler = (req, _res, next) => {
  if (!READS.has(req.method)) {
    throw new ApiError('method_not_allowed', `${req.method} is not possible here; use GET.`, {
      headers: { Allow: 'GET, HEAD' },
    });
  }
  next();
};

const noApi: RequestHandler = (req, _res, next) => {
  if (req.path === '/api' || req.path.startsWith('/api/')) {
    throw new ApiError('not_found', 'There is nothing at this address.');
  }
  next();
};

/** Serves the build in `folder`. */
export const webPages = (folder: string, domain: string): Router => {
  const router = Router({ caseSensitive: true });
  const policy = pagePolicy(domain);
  const setHeaders = (res: Response, path: string): void => {
    res.setHeader('Content-Security-Policy', policy);
    res.setHeader('Cache-Control', path.includes('/assets/') ? IMMUTABLE : 'no-cache');
  };
  const index = join(folder, 'index.html');
  router.use(noApi, onlyReads);
  router.use(
    express.static(folder, { dotfiles: 'ignore', index: 'index.html', redirect: false, setHeaders }),
  );
  router.use((req, res, next) => {
    if (!isPagePath(req.path) || !existsSync(index)) {
      next();
      return;
    }
    setHeaders(res, index);
    res.sendFile(index, { cacheControl: false });
  });
  return router;
};
