// The packages that an app may import, and nothing else (claim V2). Exact specifiers: a subpath is another module.
// The list is what the vendored modules and the bundler's resolver can serve; runtime/vendor holds the versions.

/** Exact specifiers that an app may import. */
export const ALLOWED_MODULES: readonly string[] = [
  'react',
  'react-dom',
  'react/jsx-runtime',
  'recharts',
  'lucide-react',
  'date-fns',
  'clsx',
  '@faibric/app',
];

/** What to use instead of the packages that models ask for most. */
export const INSTEAD_OF: Readonly<Record<string, string>> = {
  axios: 'use fetch, or useGateway from @faibric/app',
  swr: 'use useCollection or useGateway from @faibric/app',
  '@tanstack/react-query': 'use useCollection or useGateway from @faibric/app',
  'react-router-dom': 'keep the page in useState, or use Tabs from @faibric/app',
  'react-router': 'keep the page in useState, or use Tabs from @faibric/app',
  'chart.js': 'use recharts, or LineChart from @faibric/app',
  'react-chartjs-2': 'use recharts, or LineChart from @faibric/app',
  moment: 'use date-fns',
  dayjs: 'use date-fns',
  lodash: 'write the few lines',
  uuid: 'use crypto.randomUUID()',
  'react-icons': 'use lucide-react',
  classnames: 'use clsx',
  'react-dom/client': 'export the component as default from src/App.tsx; mounting is done for you',
  'framer-motion': 'use CSS transitions',
};
