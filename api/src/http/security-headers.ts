// Headers of every answer. The page's CSP allows no inline script and no eval; styles may be inline because
// the UI's style engine writes them at run time. API answers are data and never rendered.
import type { RequestHandler } from 'express';

/** Content security policy of the dashboard; apps on `*.{domain}` may be shown in frames. */
export const pagePolicy = (domain: string): string =>
  [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    `frame-src 'self' http://*.${domain} http://*.${domain}:* https://*.${domain}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
  ].join('; ');

/** Sets the headers that hold for everything; pages add their policy. */
export const securityHeaders: RequestHandler = (_req, res, next) => {
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.setHeader('Referrer-Policy', 'no-referrer');
  res.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  res.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  res.setHeader('Cache-Control', 'no-store');
  next();
};
