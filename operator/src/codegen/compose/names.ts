// Names in composed code: types, variables and file names made of the blueprint's words. They never clash with each
// other, with the SDK's names, with JavaScript's globals or its reserved words.
import type { Blueprint, BlueprintCollection } from '@faibric/crds';
import { knownImport } from './known-names.ts';

/** How one collection is called in code. */
export interface CollectionNames {
  readonly collection: BlueprintCollection;
  /** Type of a document: `Plant`. */
  readonly type: string;
  /** All of them: `plants`. */
  readonly many: string;
  /** One of them: `plant`. */
  readonly one: string;
  /** File below src/collections, without ending. */
  readonly file: string;
}

const TAKEN = new Set(
  (
    'Array Boolean Date Error Event Function Image Infinity Intl JSON Map Math Number Object Option Promise Proxy ' +
    'Record Reflect RegExp Set String Symbol Window Document Element Node Text Request Response Headers File Blob ' +
    'App Icon'
  ).split(' '),
);
const RESERVED = new Set(
  (
    'abstract any as async await boolean break case catch class const continue debugger declare default delete do ' +
    'else enum export extends false finally for from function get if implements import in instanceof interface is ' +
    'let module namespace never new null number object of package private protected public return set static string ' +
    'super switch symbol this throw true try type typeof undefined unknown var void while with yield ' +
    'document window history location name event top self parent status open close screen navigator fetch alert ' +
    'user tally busy mine voted save app theme words editing fields columns search values draft page saved label options value item items'
  ).split(' '),
);

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean);

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();

/** `watering log` to `WateringLog`; empty when there is no Latin letter. */
export function pascalCase(text: string): string {
  return wordsOf(text).map(capital).join('').replace(/^\d+/, '').slice(0, 40);
}

/** `watering log` to `wateringLog`. */
export function camelCase(text: string): string {
  const pascal = pascalCase(text);
  return pascal.charAt(0).toLowerCase() + pascal.slice(1);
}

/** `Watering log` to `watering-log`, to be part of a file name. */
export const kebabCase = (text: string): string =>
  wordsOf(text)
    .map((word) => word.toLowerCase())
    .join('-')
    .slice(0, 40);

const free = (name: string, used: Set<string>, isTaken: (name: string) => boolean): string => {
  let candidate = name;
  for (let i = 2; used.has(candidate) || isTaken(candidate); i++) candidate = `${name}${i}`;
  used.add(candidate);
  return candidate;
};

/** Names of all collections of a plan, by collection name. */
export function collectionNames(plan: Blueprint): ReadonlyMap<string, CollectionNames> {
  const used = new Set<string>();
  const entries = plan.collections.map((collection): [string, CollectionNames] => {
    const stem = pascalCase(collection.singular) || pascalCase(collection.name) || 'Entry';
    const isKnown = knownImport(stem) !== undefined || TAKEN.has(stem);
    const type = free(isKnown ? `${stem}Entry` : stem, used, () => false);
    const one = free(camelCase(type), used, (name) => RESERVED.has(name));
    const many = free(camelCase(collection.name) || `${one}List`, used, (name) => RESERVED.has(name));
    return [collection.name, { collection, type, one, many, file: collection.name.replaceAll('_', '-') }];
  });
  return new Map(entries);
}
