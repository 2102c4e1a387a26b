// The files of an exported app: a plain Vite project that installs, builds and runs without Faibric. Pure: the same
// revision and kit give the same files. What the page shows is escaped as in a served app (claim V13).
import type { FaibricApp, FaibricRevision } from '@faibric/crds';
import type { Project } from '../contract/project.ts';
import type { ExportKit } from './export-kit.ts';
import { plainManifests, promptManifest, sourceManifest } from './make-manifests.ts';

/** What is exported. */
export interface ExportInput {
  readonly app: FaibricApp;
  readonly project: Project;
  readonly revision: FaibricRevision;
  readonly kit: ExportKit;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c);

const MAIN = `// Starts the app: the platform in the browser first, then the app as Faibric would mount it.
import './sdk/styles/app.css';
import { installLocalApi } from './local-api.ts';
import { mount } from './sdk/mount.tsx';

installLocalApi();
// Only now: an app may ask for its data while its modules load.
const { default: App } = await import('../src/App.tsx');
mount(App);
`;

const VITE = `import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@faibric/app': new URL('./faibric/sdk/index.ts', import.meta.url).pathname } },
  build: { target: 'es2022', chunkSizeWarningLimit: 1500 },
});
`;

const DOCKERFILE = `FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json ./
RUN npm install --no-audit --no-fund
COPY . .
RUN npm run build

FROM nginxinc/nginx-unprivileged:stable
COPY nginx.conf /etc/nginx/conf.d/default.conf
COPY --from=build /app/dist /usr/share/nginx/html
EXPOSE 8080
`;

const NGINX = `server {
  listen 8080;
  root /usr/share/nginx/html;
  add_header X-Content-Type-Options nosniff always;
  add_header Referrer-Policy same-origin always;
  location /assets/ { add_header Cache-Control "public, max-age=31536000, immutable"; }
  location / { try_files $uri /index.html; }
}
`;

const TSCONFIG = {
  compilerOptions: {
    target: 'es2024',
    lib: ['es2024', 'dom', 'dom.iterable'],
    module: 'esnext',
    moduleResolution: 'bundler',
    jsx: 'react-jsx',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    paths: { '@faibric/app': ['./faibric/sdk/index.ts'] },
  },
  include: ['src', 'faibric'],
};

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const page = ({ project, revision }: ExportInput, title: string): string => {
  const { language } = revision.spec.analysis?.blueprint ?? {};
  const lang = typeof language === 'string' ? language : 'en';
  return `<!doctype html>
<html lang="${escapeHtml(lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<meta name="color-scheme" content="light dark">
<meta name="faibric-app" content="${escapeHtml(project.id)}">
<link rel="icon" href="/faibric/sdk/styles/icon.svg" type="image/svg+xml">
</head>
<body>
<div id="root"></div>
<noscript>This app needs JavaScript.</noscript>
<script type="module" src="/faibric/main.tsx"></script>
</body>
</html>
`;
};

const packageJson = ({ project, kit }: ExportInput): string =>
  json({
    name: project.name,
    private: true,
    version: '1.0.0',
    type: 'module',
    scripts: { dev: 'vite', build: 'vite build', preview: 'vite preview' },
    dependencies: kit.dependencies,
    devDependencies: kit.devDependencies,
  });

const liveNote = (services: readonly string[]): string =>
  services.length === 0
    ? ''
    : `This app shows live data (${services.join(', ')}). That needs a server with keys, which this copy does not have: those parts
say that they are not available. To bring them back, answer \`POST /api/gateway/\` on the same origin and let
\`faibric/local-api.ts\` pass that path on.

`;

const readme = (
  { app, revision, project }: ExportInput,
  title: string,
): string => `# ${title.replaceAll('\n', ' ')}

Made with [Faibric](https://faibric.dev); exported from revision ${revision.spec.number} of app \`${project.name}\`. It needs nothing of Faibric's.

\`\`\`sh
npm install
npm run dev        # look at it
npm run build      # dist/, plain files for any web server
\`\`\`

| | |
|---|---|
| \`src/\` | the app |
| \`faibric/sdk/\` | the source of \`@faibric/app\`, which the app imports (Apache-2.0) |
| \`faibric/local-api.ts\` | the platform in the browser: documents and users are kept in this browser's localStorage |
| \`manifests/faibricapp.yaml\` | the app as its prompt and changes, for a cluster with Faibric |
| \`manifests/faibricapp-source.yaml\` | the same with this very source: no model is asked |
| \`manifests/kubernetes.yaml\`, \`Dockerfile\` | Deployment and Service for a cluster without Faibric: build, push, name your image |

What visitors write stays in their own browser and is shared with nobody. For shared data answer \`/api/v1/db/…\` with a server
of yours and remove \`installLocalApi()\` from \`faibric/main.tsx\`.

${liveNote(app.status?.services ?? [])}`;

/** The files by path, all below one folder named like the app. */
export const makeExport = (input: ExportInput): Record<string, string> => {
  const { app, project, revision, kit } = input;
  const files = revision.spec.files ?? [];
  const title = revision.spec.analysis?.title ?? project.title;
  const all: Record<string, string> = {
    'package.json': packageJson(input),
    'vite.config.js': VITE,
    'tsconfig.json': json(TSCONFIG),
    'index.html': page(input, title),
    'README.md': readme(input, title),
    Dockerfile: DOCKERFILE,
    'nginx.conf': NGINX,
    '.dockerignore': 'node_modules\ndist\n',
    '.gitignore': 'node_modules\ndist\n',
    'manifests/faibricapp.yaml': promptManifest(app),
    'manifests/faibricapp-source.yaml': sourceManifest(app, { title, files }),
    'manifests/kubernetes.yaml': plainManifests(project.name),
    ...kit.files,
    'faibric/main.tsx': MAIN,
    ...Object.fromEntries(files.map(({ path, content }) => [path, content])),
  };
  return Object.fromEntries(Object.entries(all).map(([path, text]) => [`${project.name}/${path}`, text]));
};
