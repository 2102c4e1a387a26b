// The words of an app as one text: the prompt, then every change in order.
import type { Change } from './engine.ts';

/** Prompt and changes, as a model or the rules read them. */
export const wishOf = (prompt: string, changes: readonly Change[]): string =>
  changes.length === 0
    ? prompt
    : `${prompt}\n\nChanges asked for since then, the last one counts most:\n${changes.map((change) => `- ${change.prompt}`).join('\n')}`;
