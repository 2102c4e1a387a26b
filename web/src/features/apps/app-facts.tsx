// The small print of a card: which revision serves, what it cost. Zero tokens is said too:
// it is the answer to "what did this cost me?".
import Box from '@mui/material/Box';
import type { AppView } from '../../lib/app-view.ts';
import { formatAge } from '../../lib/elapsed.ts';

/** The facts that are known of an app, in reading order. */
export function appFacts(app: AppView, now: number): string[] {
  const facts: string[] = [];
  if (app.serving && app.revision !== undefined) facts.push(`Revision ${app.revision}`);
  if (app.serving)
    facts.push(app.tokens === 0 ? 'No tokens used' : `${app.tokens.toLocaleString('en')} tokens`);
  facts.push(`Created ${formatAge(now - app.createdAt)}`);
  return facts;
}

/** One muted line of facts. */
export function AppFacts({ app }: { app: AppView }) {
  return (
    <Box sx={{ typography: 'caption', color: 'text.secondary' }}>{appFacts(app, Date.now()).join(' · ')}</Box>
  );
}
