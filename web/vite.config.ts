// Builds the dashboard into web/dist, which the api image serves at http://faibric.localhost.
// No inline script may be emitted: the page runs under `script-src 'self'`, so the module-preload
// polyfill and inlined assets stay off. `npm run dev -w web` answers /api from web/dev/fake-api.ts.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { fakeApi } from './dev/fake-api.ts';

export default defineConfig(({ command }) => ({
  root: import.meta.dirname,
  plugins: [react(), ...(command === 'serve' ? [fakeApi()] : [])],
  build: {
    outDir: 'dist',
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: { host: '127.0.0.1', port: 5173 },
}));
