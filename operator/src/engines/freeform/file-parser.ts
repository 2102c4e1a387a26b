// Reads files out of a streamed answer. The format: a line `<file path="src/App.tsx">`, the text, a line `</file>`; all
// else is talk and is skipped. Incremental: any split of the answer into pieces gives the same files. Nothing is guessed:
// a file without its end is reported as open, never closed for the model.

/** What has been read so far. */
export interface ParsedFiles {
  readonly files: Readonly<Record<string, string>>;
  /** A file whose end has not come. */
  readonly open: string | undefined;
}

/** A parser for one answer (and its continuations). */
export interface FileParser {
  /** Takes the next piece; gives the paths of files that began with it. */
  push(piece: string): string[];
  /** What there is, as if the answer ended here. */
  end(): ParsedFiles;
}

const OPEN = /^\s*<file\s+path\s*=\s*["']([^"']{1,200})["']\s*>\s*$/;
const CLOSE = /^\s*<\/file>\s*$/;
const FENCE = /^\s*```/;

/** Some models put a code fence inside the tag; it is no part of the file. */
function withoutFence(lines: readonly string[]): string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  const isFenced =
    first >= 0 && last > first && FENCE.test(lines[first] ?? '') && /^\s*```\s*$/.test(lines[last] ?? '');
  return isFenced ? lines.slice(first + 1, last) : lines.slice(Math.max(0, first), last + 1);
}

/** Hears of each file and line as it comes, to show it; what counts is what the parser gives at the end. */
export interface FileWatcher {
  begin(path: string): void;
  line(path: string, line: string): void;
}

/** Makes a parser. */
export function makeFileParser(watcher?: FileWatcher): FileParser {
  const files: Record<string, string> = Object.create(null) as Record<string, string>;
  let path: string | undefined;
  let lines: string[] = [];
  let rest = '';

  const close = (): void => {
    if (path !== undefined) files[path] = `${withoutFence(lines).join('\n')}\n`;
    path = undefined;
    lines = [];
  };
  const takeLine = (line: string): string | undefined => {
    const opened = OPEN.exec(line)?.[1];
    if (path === undefined) {
      path = opened;
      if (opened !== undefined) watcher?.begin(opened);
      return opened;
    }
    if (CLOSE.test(line)) close();
    else {
      lines.push(line);
      if (!FENCE.test(line)) watcher?.line(path, line);
    }
    return undefined;
  };

  return {
    push: (piece) => {
      const parts = (rest + piece).split('\n');
      rest = parts.pop() ?? '';
      return parts.map((line) => takeLine(line.replace(/\r$/, ''))).filter((one) => one !== undefined);
    },
    end: () => {
      if (path !== undefined && CLOSE.test(rest)) {
        close();
        rest = '';
      }
      return { files: { ...files }, open: path };
    },
  };
}
