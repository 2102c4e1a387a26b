// What a prompt may be, checked while typing so that the server's refusal is never a surprise. The server
// decides; its API counts UTF-16 units and its resource schema counts code points, so the stricter of the two
// is taken at each end.
import { MAX_PROMPT_LENGTH, MIN_PROMPT_LENGTH } from '@faibric/api/contract';

/** Fewest and most characters of a prompt. */
export const PROMPT_LENGTH = { least: MIN_PROMPT_LENGTH, most: MAX_PROMPT_LENGTH } as const;

/** From this many characters on the counter is shown: earlier it would only be noise. */
const COUNTER_FROM = 200;

/** The state of a draft: what to say under the box, and whether it may be sent. */
export interface PromptCheck {
  characters: number;
  sendable: boolean;
  complaint?: string;
  showCounter: boolean;
}

// Tab, line feed and carriage return are ordinary in pasted text; other control characters are not.
const FORBIDDEN = /[^\P{Cc}\t\n\r]/u;

function complain(characters: number, text: string): string | undefined {
  if (characters > PROMPT_LENGTH.most) {
    const over = characters - PROMPT_LENGTH.most;
    return `Too long by ${over.toLocaleString('en')} characters. Shorten it to ${PROMPT_LENGTH.most.toLocaleString('en')}.`;
  }
  if (FORBIDDEN.test(text)) {
    return 'There is an invisible control character in the text. Remove it, or paste as plain text.';
  }
  return undefined;
}

/** Checks a draft. A draft that is empty or too short is not sendable, but gets no complaint while typing. */
export function checkPrompt(draft: string): PromptCheck {
  const text = draft.trim();
  const characters = text.length;
  const complaint = complain(characters, text);
  return {
    characters,
    sendable: complaint === undefined && [...text].length >= PROMPT_LENGTH.least,
    showCounter: characters >= COUNTER_FROM,
    ...(complaint === undefined ? {} : { complaint }),
  };
}
