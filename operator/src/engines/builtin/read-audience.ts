// Whom the data of an app are for, read off the prompt: each visitor's own, a team's, or posts that all read. What no
// word speaks of is each visitor's own, so a missed word hides too much and never shows too much.
import type { Audience, Sharing, Thing } from '../plan/brief.ts';

const NEGATION =
  /\b(?:no|without|not|never|don'?t|needs? no|kein[e]?n?|ohne|sans|sin|senza)\s+(?:\w+\s+){0,2}$/i;

/** Accounts of the people who use the app. */
const LOGIN =
  /\b(?:user accounts?|accounts? for (?:\w+ )?(?:staff|users?|members?|everyone|employees|students|people|players|customers)|(?:create|have|with|need|own|personal) (?:an? )?(?:own )?accounts?|log-?ins?|log[- ]in(?=\s*(?:with|to|as|page|screen|form|and|or|before|first|,|\.|;|!|$))|logged[- ]in|log(?:s|ging) in|sign(?:ed|s|ing)?[- ]in(?! sheet)|user profiles?|members?[- ]only|members?['’]? area|registered (?:users?|members?|people)|only (?:for )?(?:members|registered)|authenticat(?:ed|ion)|password[- ]protect(?:ed|ion)?|each user (?:has|sees|gets|should)|benutzerkonten|mit (?:login|anmeldung|konto)|connexion des|inicio de sesión)\b/i;
/** Nothing is shown to those who are not signed in. */
const MEMBERS_ONLY =
  /\b(?:members?[- ]only|only (?:for )?(?:members|registered|signed|logged)|members?['’]? area|(?:must|have to|has to|need to|needs to) (?:be (?:logged|signed) in|log ?in|sign ?in) to (?:see|read|view|use|open)|private (?:forum|board|club|group|community)|behind a login|password[- ]protect(?:ed|ion)?)\b/i;

/** The owner writes, the others read. */
const PUBLISHED =
  /\bonly (?:i|me|the owner|the author|an? admins?|the admins?|admins|we|us|staff)\b[^.]{0,30}\b(?:write|post|publish|add|edit|change|create|update)\b|\b(?:visitors?|readers?|everyone else|others|the public) (?:can |may )?only (?:read|see|view)\b|\bread[- ]only for\b|\b(?:nobody|no one) else (?:can|may) (?:write|post|publish|add|edit|change)\b|\bnur ich (?:darf|kann|soll)\b/i;

const PEOPLE =
  'anyone|everyone|everybody|visitors?|people|users?|readers?|guests?|members|companies|customers|students|neighbou?rs|fans|players|employees';
/** Everybody reads what one has written. */
const POSTS = new RegExp(
  [
    "guest[- ]?books?|visitors[’']? book|gästebuch|forums?|discussion (?:boards?|groups?)|(?:message|bulletin|notice|community|members?(?:[- ]only)?|jobs?|classifieds?|listings?|questions?|ideas?|suggestions?|feature[- ]requests?|lost[- ](?:and|&)[- ]found|wish) ?boards?",
    'classifieds|market ?place|chat ?rooms?|group chat|shout ?box|(?:public|message|memory|quote|photo|kudos) wall|leader ?boards?|high[- ]?scores?|score ?boards?|scoreboard',
    `(?:${PEOPLE})(?: can| may| could| should be able to| to| who)? (?:post|publish|comment|ask|review|leave|share|rate|recommend)\\b`,
    '(?<!car |ride |file |screen |job |knowledge )sharing (?:app|site|page|platform|website)|share (?:\\w+ ){0,3}(?:with (?:the world|others|everyone|everybody|people|strangers|the public)|publicly)|public(?:ly)? (?:list|visible|readable|collection|directory|board|page)',
    '(?:customer|product|user|public|visitor|reader) (?:reviews|comments|stories|tips)|reviews? (?:site|page|app|by)|testimonials? (?:wall|from)',
    '(?:everyone|everybody|anyone|all visitors|the public) (?:can |may |could |should |to )?(?:see|read|view|browse)s?\\b',
  ]
    .map((part) => `(?:${part})`)
    .join('|')
    .replace(/^/, '(?<![\\p{L}])(?:')
    .replace(/$/, ')(?![\\p{L}])'),
  'iu',
);
/** What is voted on is changed by those who vote. */
const RATED =
  /\bup-?vot(?:e|es|ing|ed)\b|\b(?:thumbs[- ]up|likes)\b|\bvote (?:on|for) (?:each|them|posts|ideas)/i;

const GROUP =
  'team|teams|family|club|class|office|crew|staff|group|community|village|neighbou?rhood|friends|association|band|choir|household|flat|wg|roommates?|flatmates?|housemates?|co-?workers?|colleagues|employees|couple|partner|wife|husband|department|squad|troop|congregation';
/** Everybody works on the same list. */
const TEAM = new RegExp(
  `\\b(?:our|shared|together|collaborat\\w+|flat ?share|shared by|unser[e]?[rmns]?|gemeinsam\\w*|notre|nos|nuestr[oa]s?|nostr[oa])\\b|` +
    `\\b(?:for|of|with|in|by|among|between|within) (?:(?:my|the|a|an|all) )?(?:\\w+ )?(?:${GROUP})\\b|` +
    `\\b(?:my|the) (?:${GROUP})\\b|^\\W*(?:an? )?(?:team|family|office|club|staff|household) \\w+|` +
    `\\b(?:anyone|everyone|everybody|all of us|we all) (?:can |may |could )?(?:add|edit|tick|check|change|update|manage|work)`,
  'iu',
);

const isWished = (pattern: RegExp, prompt: string): boolean => {
  const match = pattern.exec(prompt);
  return match !== null && !NEGATION.test(prompt.slice(0, match.index));
};

function sharingOf(prompt: string): Sharing {
  if (PUBLISHED.test(prompt)) return 'published';
  if (isWished(POSTS, prompt)) return RATED.test(prompt) ? 'rated' : 'posts';
  return isWished(TEAM, prompt) ? 'team' : 'own';
}

/** Whom the data are for. */
export function readAudience(prompt: string): Audience {
  const login = isWished(LOGIN, prompt);
  return { login, membersOnly: login && isWished(MEMBERS_ONLY, prompt), sharing: sharingOf(prompt) };
}

/** Things that are written to be read by others, unless they are "my reviews". */
const FOR_OTHERS = /^(?:reviews?|comments?|messages?|announcements?|topics?|proposals?)$/;
/** Those, and the entries of a guest book: they take the words for posts to themselves when there are other things. */
const POSTED =
  /^(?:reviews?|comments?|messages?|announcements?|topics?|proposals?|entries|feature requests|scores)$/;

function sharingOfThing(audience: Audience, plural: string, prompt: string): Sharing {
  if (audience.sharing !== 'own' || !FOR_OTHERS.test(plural)) return audience.sharing;
  const isMine = /\b(?:my|mine|i|private|personal|track|log)\b/i.test(prompt);
  return isMine ? 'own' : RATED.test(prompt) ? 'rated' : 'posts';
}

/**
 * The things, each with how it is shared: as the prompt says, else as the thing is usually meant. "Todos and a guest book" opens
 * the guest book alone.
 */
export function withSharing(things: readonly Thing[], audience: Audience, prompt: string): Thing[] {
  const plurals = things.map(({ plural }) => plural.toLowerCase());
  const isPosts = audience.sharing === 'posts' || audience.sharing === 'rated';
  const hasOwnPosts = isPosts && plurals.some((plural) => POSTED.test(plural));
  return things.map((thing) => {
    const plural = thing.plural.toLowerCase();
    const isOwn = hasOwnPosts && !POSTED.test(plural);
    return { ...thing, sharing: isOwn ? 'own' : sharingOfThing(audience, plural, prompt) };
  });
}
