// A change of who may see and change what: "add a login", "let everyone see the tasks", "make the list private". Taken for
// one only when the sentence speaks of nothing else, so that "add a guest book" stays an addition.
import type { Blueprint, BlueprintCollection } from '@faibric/crds';
import { accessOfPlan, purposeOf } from '../../plan/access-of-plan.ts';
import type { Audience, Sharing } from '../../plan/brief.ts';
import { readAudience } from '../read-audience.ts';

const LOGIN =
  /^(?:please )?(?:add|require|use|include|make|i want|we need|ask (?:people|users|visitors)? ?(?:for|to)|with|people (?:must|should|have to|need to)|users (?:must|should|have to|need to)|everyone (?:must|should|has to|needs to))\b.{0,40}\b(?:log-?ins?|log in|sign[- ]?in|sign up and log in|user accounts?|accounts?)\b/i;
const PRIVATE =
  /\b(?:make|keep|should be|must be|be)\b.{0,40}\bprivate\b|\b(?:each|every) (?:user|visitor|person|one)\b.{0,40}\bown\b|\bnot (?:be )?shared\b|\bonly (?:see|sees) their own\b/i;
const SHARED =
  /\b(?:make|let|allow|should|can|could|may)\b.{0,60}\b(?:everyone|everybody|anyone|all (?:visitors|users|people)|visitors|public|shared|team|family|group|only (?:i|me|the owner))\b|\b(?:everyone|everybody|anyone|visitors|only (?:i|me|the owner))\b.{0,20}\b(?:can|may|should|could)\b/i;
/** What is asked for beside: then it is another kind of change. */
const OTHER =
  /\b(?:add|show|with|include) (?:an? |the |another )?(?:\w+ )?(?:guest ?book|blog|poll|form|list|chart|section|page|field|column|table|board)\b|\bcolou?rs?\b/i;

const isNamed = ({ name, label, singular }: BlueprintCollection, text: string): boolean =>
  [name.replaceAll('_', ' '), label, singular].some((word) => text.includes(word.toLowerCase()));

/** What a sentence of this kind wants; undefined for any other sentence. */
function wantedOf(text: string): { sharing?: Sharing; audience: Audience } | undefined {
  if (OTHER.test(text)) return undefined;
  const audience = readAudience(text);
  if (LOGIN.test(text) && audience.login) return { audience };
  if (PRIVATE.test(text)) return { sharing: 'own', audience };
  if (!SHARED.test(text) || audience.sharing === 'own') return undefined;
  return { sharing: audience.sharing, audience };
}

/** The plan with other rules: of the collections that are named, or of all that are neither answers nor votes. */
export function changeAccess(plan: Blueprint, request: string): Blueprint | undefined {
  const text = request.toLowerCase();
  const wanted = wantedOf(text);
  if (!wanted) return undefined;
  const { sharing } = wanted;
  const named = plan.collections.filter((collection) => isNamed(collection, text));
  const open = plan.collections.filter(({ access }) => access.read !== 'owner');
  const changed = named.length > 0 ? named : open;
  if (changed.length === 0) return undefined;
  const collections = plan.collections.map((collection) => {
    if (!changed.includes(collection)) return collection;
    const { access } = collection;
    const login = wanted.audience.login || Object.values(access).includes('user');
    const membersOnly = wanted.audience.membersOnly || access.read === 'user';
    const purpose = sharing ?? purposeOf(access);
    return { ...collection, access: accessOfPlan(purpose, { ...wanted.audience, login, membersOnly }) };
  });
  return JSON.stringify(collections) === JSON.stringify(plan.collections)
    ? undefined
    : { ...plan, collections };
}
