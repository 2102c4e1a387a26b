// Tells people who watch what a task is doing: lines of its log and pieces of source. Nothing waits for it and nothing
// depends on it; the text is cut to what an entry may hold.
import type { WorkStep } from '@faibric/crds';
import type { CodePiece, SourceFiles } from '../engines/engine.ts';
import type { WorkStream } from '../ports.ts';
import type { TaskRequest } from './task.ts';

/** What a task may tell. */
export interface WorkTeller {
  log(text: string): void;
  code(piece: CodePiece): void;
  /** Whole files, of an engine that does not write them bit by bit. */
  files(files: SourceFiles): void;
}

const MOST_CHARACTERS = 8_000;
const LONGEST_LINE = 2_000;

function* pieces(text: string): Generator<{ offset: number; text: string }> {
  yield { offset: 0, text: text.slice(0, MOST_CHARACTERS) };
  for (let offset = MOST_CHARACTERS; offset < text.length; offset += MOST_CHARACTERS) {
    yield { offset, text: text.slice(offset, offset + MOST_CHARACTERS) };
  }
}

/** Makes the teller of a step. */
export const makeTeller = (
  stream: WorkStream,
  { appId, revision }: Pick<TaskRequest, 'appId' | 'revision'>,
  step: WorkStep,
): WorkTeller => {
  const code = ({ path, offset, text }: CodePiece): void =>
    stream.append(appId, {
      revision,
      step,
      kind: 'code',
      path,
      offset,
      text: text.slice(0, MOST_CHARACTERS),
    });
  return {
    log: (text) => stream.append(appId, { revision, step, kind: 'log', text: text.slice(0, LONGEST_LINE) }),
    code,
    files: (files) => {
      for (const [path, text] of Object.entries(files)) {
        for (const piece of pieces(text)) code({ path, ...piece });
      }
    },
  };
};
