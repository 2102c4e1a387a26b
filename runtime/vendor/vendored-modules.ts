// What every app shares: packages prebuilt once as ES modules, served under one digest, cached for ever.
// lucide-react and date-fns are not here on purpose: whole they weigh more than all the rest, so the bundler resolves
// each imported name to its own module and shakes it into the app (builder/src/bundle/).

/** A module served to apps: the specifier that code imports and the name of its file. */
export interface VendoredModule {
  specifier: string;
  file: string;
  /** CommonJS has no static names: its entry re-exports each by name. */
  commonJs: boolean;
}

/** The vendored modules, in the order of the manifest. */
export const VENDORED_MODULES: readonly VendoredModule[] = [
  { specifier: 'react', file: 'react', commonJs: true },
  { specifier: 'react/jsx-runtime', file: 'jsx-runtime', commonJs: true },
  { specifier: 'react-dom', file: 'react-dom', commonJs: true },
  { specifier: 'react-dom/client', file: 'react-dom-client', commonJs: true },
  { specifier: 'recharts', file: 'recharts', commonJs: false },
  { specifier: 'clsx', file: 'clsx', commonJs: false },
  { specifier: '@faibric/app', file: 'faibric-app', commonJs: false },
  { specifier: '@faibric/app/mount', file: 'faibric-mount', commonJs: false },
];

/** What the builder knows of the vendored modules; written beside them as vendor.json. */
export interface VendorManifest {
  /** Digest of all files; part of their address. */
  digest: string;
  /** Path prefix of every vendored file, with both slashes. */
  base: string;
  /** Path and exported names by specifier. */
  modules: Record<string, { path: string; exports: string[] }>;
  /** Style sheets that every page links. */
  styles: string[];
  /** Modules that a page preloads because every app needs them. */
  preload: string[];
  icon: string;
}
