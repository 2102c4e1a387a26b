// Test projects: `unit` needs nothing but Node; `integration` (*.it.test.ts) needs real Postgres, Redis,
// an API server, BuildKit or Chromium, which `npm test` brings up first.
import { defineConfig } from 'vitest/config';

const notOurs = ['**/node_modules/**', '**/dist/**'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{crds,operator,api,web,runtime,hack}/**/*.test.{ts,tsx}'],
          exclude: [...notOurs, '**/*.it.test.ts', 'hack/e2e/**'],
        },
      },
      {
        test: {
          name: 'integration',
          include: ['{crds,operator,api,web,runtime,hack}/**/*.it.test.ts'],
          exclude: [...notOurs, 'hack/e2e/**'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['hack/e2e/**/*.test.ts'],
          exclude: [...notOurs, 'hack/e2e/web/**'],
          testTimeout: 300_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'web',
          include: ['hack/e2e/web/**/*.test.ts'],
          exclude: notOurs,
          testTimeout: 300_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
