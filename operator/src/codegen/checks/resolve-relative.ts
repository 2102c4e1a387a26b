// Relative imports inside an app, resolved as the bundler does it. It never leaves src/ and never guesses: a path
// that names no file is a finding, because the bundler's own message would point into generated code.

const SUFFIXES = ['', '.tsx', '.ts', '.css', '/index.tsx', '/index.ts'];

/** Joined and normalised path, or undefined when it climbs out of src/. */
export function joinInside(from: string, specifier: string): string | undefined {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length <= 1) return undefined;
    else parts.pop();
  }
  return parts.join('/');
}

/** Path of the file that `specifier` names in `from`; undefined when there is none. */
export function resolveRelative(
  from: string,
  specifier: string,
  exists: (path: string) => boolean,
): string | undefined {
  const joined = joinInside(from, specifier);
  if (joined === undefined) return undefined;
  const plain = joined.replace(/\.jsx?$/, '');
  return [joined, plain].flatMap((base) => SUFFIXES.map((suffix) => base + suffix)).find(exists);
}
