// Generation by a model: streams the answer into the file parser, goes on where an answer was cut (at most twice), and
// says what is wrong with one that cannot be used (at most twice). Never closes a file for the model.
import { sourceFile } from '@faibric/crds';
import { type Conversation, converse, type Verdict } from '../converse.ts';
import type { EngineIo, Outcome, SourceFiles } from '../engine.ts';
import type { Model, ModelMessage } from '../model.ts';
import { type FileWatcher, makeFileParser, type ParsedFiles } from './file-parser.ts';

/** Tokens that one answer may take, for the budget. */
const ANSWER_TOKENS = 8000;
const MAX_CALLS = 3;
const MAX_FILES = 40;
const MAX_CHARACTERS = 500_000;

/** What a conversation about files needs to know. */
export interface FileTask {
  readonly messages: readonly ModelMessage[];
  /** Files that the answer changes; all that it does not name stay. */
  readonly base: SourceFiles;
}

/** Why files cannot be used; undefined when they can. */
export function faultOf({ files, open }: ParsedFiles, base: SourceFiles): string | undefined {
  if (open !== undefined) return `the file ${open} has no </file>`;
  const paths = Object.keys(files);
  if (paths.length === 0) return 'it holds no <file path="…"> … </file>';
  const wrong = paths.find((path) => !sourceFile.shape.path.safeParse(path).success);
  if (wrong !== undefined) return `the path ${JSON.stringify(wrong.slice(0, 80))} is not allowed`;
  const all = { ...base, ...files };
  if (!Object.hasOwn(all, 'src/App.tsx')) return 'src/App.tsx is missing';
  if (Object.keys(all).length > MAX_FILES) return `there are more than ${MAX_FILES} files`;
  const size = Object.values(all).reduce((sum, text) => sum + text.length, 0);
  if (size > MAX_CHARACTERS) return 'the files are too large';
  const stub = paths.find((path) => STUB.test(files[path] ?? ''));
  return stub === undefined ? undefined : `${stub} was shortened; every file must be complete`;
}

/** Comments by which models drop what was there. */
const STUB =
  /(?:\/\/|\/\*)\s*(?:\.{3}|…)?\s*(?:the )?(?:rest|remaining|other|existing|previous)\b[^\n]{0,40}\b(?:same|unchanged|here|as before|code)\b/i;

/** Files of an answer, over those that were there. */
export function generateFiles(model: Model, task: FileTask, io: EngineIo): Promise<Outcome<SourceFiles>> {
  const show = showCode(io);
  let parser = makeFileParser(show);
  const judge = (cut: boolean): Verdict<SourceFiles> => {
    const parsed = parser.end();
    if (cut) return { ok: false, fault: 'it was cut at the limit of its length', reply: GO_ON };
    const fault = faultOf(parsed, task.base);
    if (fault === undefined) return { ok: true, value: { ...task.base, ...parsed.files } };
    parser = makeFileParser(show); // the next answer starts afresh
    return { ok: false, fault, reply: again(fault) };
  };
  const conversation: Conversation<SourceFiles> = {
    messages: task.messages,
    answerTokens: ANSWER_TOKENS,
    maxCalls: MAX_CALLS,
    judge: ({ cut }) => judge(cut),
    onText: (piece) => tell(parser.push(piece), io),
  };
  return converse(model, conversation, io);
}

const GO_ON =
  'Your answer was cut. Go on exactly where it stopped, with the very next character, and finish it.';
const again = (fault: string): string =>
  `That cannot be used: ${fault}. Answer again with all files, complete.`;

/** Passes lines on as pieces that know their place in the file. */
function showCode(io: EngineIo): FileWatcher {
  const written = new Map<string, number>();
  return {
    begin: (path) => written.set(path, 0),
    line: (path, line) => {
      const offset = written.get(path) ?? 0;
      io.onCode?.({ path, offset, text: `${line}\n` });
      written.set(path, offset + line.length + 1);
    },
  };
}

function tell(paths: readonly string[], io: EngineIo): void {
  for (const file of paths) io.onProgress?.({ message: `Writing ${file}.`, file });
}
