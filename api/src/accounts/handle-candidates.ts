// Handles for somebody who comes from an OpenID provider: from the name that the provider uses for them, made a DNS label,
// then with numbers. The claims are somebody's text: whatever they hold, what comes out is a label.
import { MAX_HANDLE_LENGTH } from '../contract/limits.ts';

const SUFFIX_ROOM = 4;

const labelOf = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/@.*$/s, '')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, MAX_HANDLE_LENGTH - SUFFIX_ROOM)
    .replace(/-+$/, '');

/** Handles to try in turn, at most `count`, most wanted first. */
export const handleCandidates = (
  claims: Readonly<Record<string, unknown>>,
  count: number,
): readonly string[] => {
  const wanted = ['preferred_username', 'nickname', 'email', 'given_name']
    .map((claim) => claims[claim])
    .flatMap((value) => (typeof value === 'string' ? [labelOf(value.slice(0, 200))] : []))
    .find((label) => label !== '');
  const base = wanted ?? 'user';
  return [base, ...Array.from({ length: count - 1 }, (_, i) => `${base}-${i + 2}`)];
};
