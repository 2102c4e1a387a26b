// A prompt as the readers want it: no control or unseen characters, one space between words, bounded. What a person wrote
// is kept otherwise; emoji and every script pass.

import { findSecrets } from '../../codegen/checks/check-secrets.ts';

const MAX = 8000;

/** A key or password that slipped into a prompt goes no further: everything in an app is public. */
function withoutSecrets(text: string): string {
  const [found] = findSecrets(text);
  if (!found) return text;
  const rest = text.slice(found.offset).replace(/^\S+/, '');
  return text.slice(0, found.offset) + withoutSecrets(rest);
}

/** The text to read. Line breaks stay, as ends of sentences. */
export function cleanPrompt(prompt: string): string {
  return withoutSecrets(prompt.slice(0, MAX))
    .normalize('NFC')
    .toWellFormed()
    .replace(/[^\P{C}\n\t]|\p{Zl}|\p{Zp}/gu, (character) => (character === '\u200d' ? character : ' '))
    .replace(/[ \t\u00a0]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
}

/** A text that will be shown, of at most `max` characters, cut at a word. */
export function shown(text: string, max: number): string {
  const one = text
    .replace(/\s+/g, ' ')
    .replace(/(.)\1{9,}/gu, '$1$1$1')
    .trim();
  if (one.length <= max) return one;
  const cut = one
    .slice(0, max - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '');
  return `${cut.replace(/\s+\S{0,20}$/, '')}…`;
}
