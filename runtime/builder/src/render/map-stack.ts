// From a place in the minified bundle back to the app's source, by the bundle's source map. Frames of React and of the
// vendored modules are skipped: the first frame in the app's own file is the one worth showing.
import { SourceMap } from 'node:module';

/** A place in the app's source, from 1. */
export interface SourcePlace {
  file: string;
  line: number;
  column: number;
}

const FRAME = /(\/assets\/[^\s():]+\.js)(?:\?[^:]*)?:(\d+):(\d+)/g;

/** First place of a stack that lies in the app's source. `mapOf` gives the source map of a bundle file. */
export function placeInSource(
  stack: string,
  mapOf: (path: string) => string | undefined,
): SourcePlace | undefined {
  for (const [, path = '', line, column] of stack.matchAll(FRAME)) {
    const text = mapOf(path);
    if (!text) continue;
    const entry = new SourceMap(JSON.parse(text)).findEntry(Number(line) - 1, Number(column) - 1);
    if (!('originalSource' in entry) || !entry.originalSource) continue;
    const at = entry.originalSource.indexOf('src/');
    if (!/app:\/*src\//.test(entry.originalSource) || at < 0) continue;
    return {
      file: entry.originalSource.slice(at),
      line: entry.originalLine + 1,
      column: entry.originalColumn + 1,
    };
  }
  return undefined;
}
