// The page of an app. No inline script and no inline style sheet, so that the Content-Security-Policy can forbid both;
// every value is escaped, whatever the title holds (claim V13).
import { vendorManifest } from '../assets.ts';
import type { Bundle } from '../bundle/bundle-app.ts';
import type { AppFile } from '../read-source.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that is safe inside an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c);
}

/** index.html of an app. */
export function makePage(app: AppFile, bundle: Bundle): string {
  const vendor = vendorManifest();
  const preload = [...new Set([...vendor.preload, ...bundle.vendored])].sort();
  const styles = [...vendor.styles, ...bundle.styles];
  return `<!doctype html>
<html lang="${escapeHtml(app.language ?? 'en')}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(app.title)}</title>
<meta name="color-scheme" content="light dark">
<meta name="faibric-app" content="${escapeHtml(app.appId)}">
<meta name="faibric-revision" content="${app.revision}">
<link rel="icon" href="${vendor.icon}" type="image/svg+xml">
${styles.map((href) => `<link rel="stylesheet" href="${href}">`).join('\n')}
${preload.map((href) => `<link rel="modulepreload" href="${href}">`).join('\n')}
<script type="module" src="${bundle.script}"></script>
</head>
<body>
<div id="root"></div>
<noscript>This app needs JavaScript.</noscript>
</body>
</html>
`;
}
