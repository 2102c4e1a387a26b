// Parts of the status that are told from revisions: what the app is, what it lacks, and what it cost.
import type { AppStatus, TokenUse } from '@faibric/crds';
import type { Facts, WatchedRevision } from './facts.ts';

/** Type, title, services and collections, from the analysis of the shown revision. */
export const describeWork = (facts: Facts, shown: WatchedRevision | undefined): Partial<AppStatus> => {
  const analysis = shown?.spec.analysis;
  const title = facts.app.spec.title ?? analysis?.title;
  return {
    ...(title !== undefined && { title }),
    ...(analysis && {
      type: analysis.type,
      engine: analysis.engine,
      services: [...analysis.services],
      collections: [...analysis.collections],
    }),
  };
};

/** What was asked and is not in the app; undefined before anything was understood. */
export const limitedNotes = (facts: Facts, shown: WatchedRevision | undefined): string[] | undefined => {
  const analysis = shown?.spec.analysis;
  if (!analysis) return undefined;
  const { spec, sourceDigest } = facts.app;
  return [
    ...analysis.limited,
    ...(spec.audience === 'private'
      ? ['audience private: whoever reaches the address can open the app']
      : []),
    ...(sourceDigest && spec.changes?.length
      ? ['changes: an app with source of its own is changed there']
      : []),
  ].slice(0, 50);
};

const add = (a: TokenUse, b: Partial<TokenUse>): TokenUse => {
  const sum = {
    analyze: (a.analyze ?? 0) + (b.analyze ?? 0),
    generate: (a.generate ?? 0) + (b.generate ?? 0),
    repair: (a.repair ?? 0) + (b.repair ?? 0),
    total: a.total + (b.total ?? 0),
  };
  return a.estimated || b.estimated ? { ...sum, estimated: true } : sum;
};

/** Tokens over all revisions; those of deleted ones are carried in `retiredTokens`, so the total never falls. */
export const tokensOf = (facts: Facts, expired: readonly WatchedRevision[]): Partial<AppStatus> => {
  const totalOf = (revisions: readonly WatchedRevision[]): TokenUse =>
    revisions.reduce((sum, { status }) => add(sum, status.tokens ?? {}), { total: 0 });
  const retired = (facts.app.status.retiredTokens ?? 0) + totalOf(expired).total;
  const kept = totalOf(facts.revisions.filter((revision) => !expired.includes(revision)));
  return { tokens: { ...kept, total: kept.total + retired }, ...(retired > 0 && { retiredTokens: retired }) };
};
