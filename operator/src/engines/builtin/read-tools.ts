// Small programs that a prompt asks for by name, with the settings it states.
import type { Brief, WantedTool } from '../plan/brief.ts';

/** Tools that the prompt names. */
export function readTools(_prompt: string): WantedTool[] {
  return [];
}

/** A poll, with the options that the prompt gives. */
export function readPoll(_prompt: string): Brief['poll'] {
  return undefined;
}
