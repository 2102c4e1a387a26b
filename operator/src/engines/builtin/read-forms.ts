// Forms that visitors send, each with the fields people expect; fields that the prompt names take their place.
import type { BlueprintField } from '@faibric/crds';
import type { WantedForm } from '../plan/brief.ts';
import { rowFields } from './lexicon/thing-row.ts';

type Row = Omit<WantedForm, 'fields' | 'listed'> & { readonly words: RegExp; readonly fields: string };

// biome-ignore format: one form to a block
const ROWS: readonly Row[] = [
  {
    kind: 'rsvp', words: /\brsvps?\b|\b(?:wedding|party|birthday) (?:invitation|invite|reply|replies)\b/i, title: 'RSVP', submit: 'Send reply',
    thanks: 'Your reply has arrived. See you soon!', singular: 'reply', plural: 'replies',
    fields: 'Name, E-mail, Attending (Yes/No/Maybe), Guests, Dietary needs:text, Message',
  },
  {
    kind: 'booking', words: /\b(?:book(?:ing)?|reserv(?:e|ation)s?|appointment)(?: an? \w+)?(?: request)? (?:form|page|table|appointment|a table)\b|\b(?:table reservations?|online bookings?|book an? (?:appointment|table|class|room|slot|lesson)|let (?:people|customers|clients|guests|visitors) book)\b/i,
    title: 'Book', submit: 'Request booking', thanks: 'We have your request and will confirm it soon.', singular: 'booking', plural: 'bookings',
    fields: 'Name, E-mail, Phone, Date and time, Guests, Notes',
  },
  {
    kind: 'newsletter', words: /\bnewsletter\b|\bmailing list\b|\bwait(?:ing)?[- ]?list\b|\bearly access\b|\bemail capture\b/i, title: 'Stay in touch', submit: 'Sign me up',
    thanks: 'You are on the list.', singular: 'subscriber', plural: 'subscribers', fields: 'E-mail, Name',
  },
  {
    kind: 'sign-up', words: /\b(?:sign[- ]?up|registration|register|enrol?l?ment|enrol|join|application|anmelde?)(?: form| page|formular|s? for)\b|\banmeldung\b|\bpeople (?:can )?(?:sign up|register)\b|\bregistration\b/i, title: 'Sign up', submit: 'Sign up',
    thanks: 'You are signed up. We look forward to seeing you.', singular: 'sign-up', plural: 'sign-ups', fields: 'Name, E-mail, Phone, Message',
  },
  {
    kind: 'feedback', words: /\b(?:feedback|survey|questionnaire|suggestion|complaint|satisfaction)(?: form| page| box)?\b|\bumfrage\b/i, title: 'Your feedback', submit: 'Send feedback',
    thanks: 'Your feedback helps us to get better.', singular: 'feedback entry', plural: 'feedback', fields: 'Name, E-mail, Rating, What did you like?:longtext, What can we do better?:longtext',
  },
  {
    kind: 'order', words: /\border(?:ing)? (?:form|page)\b|\border online\b|\bpre-?orders?\b/i, title: 'Order', submit: 'Send order', thanks: 'We have your order and will get in touch.', singular: 'order', plural: 'orders',
    fields: 'Name, E-mail, Phone, What would you like?:longtext, Pick-up date and time',
  },
  {
    kind: 'contact', words: /\b(?:contact|enquiry|inquiry|quote|message|kontakt|anfrage)(?: us)?(?: |-)?(?:form|formular)\b|\bformulaire de contact\b|\bformulario de contacto\b|\b(?:send|leave|write) (?:us|me) a message\b|\bget in touch form\b|^\W*(?:a |an )?form\b/i,
    title: 'Write to us', submit: 'Send message', thanks: 'Your message has arrived. We will answer soon.', singular: 'message', plural: 'messages',
    fields: 'Name, E-mail, Message',
  },
];

const LISTED =
  /\b(?:see|view|list|show|manage|browse|admin|overview of|table of|display)\b[^.]{0,40}\b(?:answers?|responses?|submissions?|sign-?ups?|registrations?|entries|bookings?|reservations?|replies|orders?|messages?|participants?|attendees|rsvps|who (?:has )?(?:signed|registered|is coming))\b/i;

/** The answers are for all to see, and not for the owner of the app alone. */
const FOR_ALL =
  /\b(?:everyone|everybody|anyone|visitors|guests|people|all|participants) (?:can|could|may|should|to) (?:see|view|browse|read)\b|\bpublic(?:ly)?\b|\bshow(?:s|ing)? (?:who|visitors who|everyone who)\b|\bsee who (?:else|is coming|has signed)\b|\blist of (?:who|participants|attendees)\b|\bwho (?:has )?(?:signed up|registered|is coming)\b/i;

/** "people sign up and log in" makes accounts; only an event or a list is signed up for with a form. */
const FORM_WORD = /\b(?:form|page|sheet)\b|\b(?:sign[- ]?up|regist(?:er|ration)|join|enrol\w*) for\b/i;

const requireContact = (fields: readonly BlueprintField[]): BlueprintField[] =>
  fields.map((field, index) =>
    index === 0 || field.type === 'email' || field.name === 'message' ? { ...field, required: true } : field,
  );

/** The forms that a prompt asks for; `named` are fields that it states, which the first form takes over. */
export function readForms(
  prompt: string,
  { named, listAt = -1, login }: { named: readonly BlueprintField[]; listAt?: number; login: boolean },
): WantedForm[] {
  const isAccount = login && !FORM_WORD.test(prompt);
  return ROWS.filter(({ kind, words }) => words.test(prompt) && !(isAccount && kind === 'sign-up')).map(
    ({ words, fields, ...row }, index) => ({
      ...row,
      fields: requireContact(
        index === 0 && named.length > 1 && listAt > prompt.search(words) ? named : rowFields(fields),
      ),
      listed: LISTED.test(prompt) && (FOR_ALL.test(prompt) ? 'to-all' : 'to-owner'),
    }),
  );
}
