// Access rules as sentences for people. Where two rules meet (nothing reaches further than a read), the sentence says
// what comes out of both.
import type { AccessRules, AccessWho } from '@faibric/crds';

/** A sentence for each of the four rules. */
export interface RuleWords {
  readonly read: string;
  readonly create: string;
  readonly update: string;
  readonly delete: string;
}

const READ: Readonly<Record<AccessWho, string>> = {
  anyone: 'Everybody who can open the app reads all of it.',
  visitor: 'Everybody reads what they wrote themselves, and nothing else.',
  user: 'Signed-in users of the app read all of it.',
  owner: 'Only you read it.',
};
const CREATE: Readonly<Record<AccessWho, string>> = {
  anyone: 'Everybody who can open the app may add to it.',
  visitor: 'Everybody who can open the app may add to it.',
  user: 'Signed-in users of the app may add to it.',
  owner: 'Only you add to it.',
};
const UPDATE: Readonly<Record<AccessWho, string>> = {
  anyone: 'Everybody may change all that they may read.',
  visitor: 'Everybody may change what they wrote themselves.',
  user: 'Signed-in users of the app may change all that they may read.',
  owner: 'Only you change it.',
};
const DELETE: Readonly<Record<AccessWho, string>> = {
  anyone: 'Everybody may delete all that they may read.',
  visitor: 'Everybody may delete what they wrote themselves.',
  user: 'Signed-in users of the app may delete all that they may read.',
  owner: 'Only you delete from it.',
};

/** What rules mean; "you" is the owner of the app. */
export const rulesInWords = (rules: AccessRules): RuleWords => ({
  read: READ[rules.read],
  create: CREATE[rules.create],
  update:
    rules.read === 'owner' && rules.update !== 'owner'
      ? 'Only you change it, because only you read it.'
      : UPDATE[rules.update],
  delete:
    rules.read === 'owner' && rules.delete !== 'owner'
      ? 'Only you delete from it, because only you read it.'
      : DELETE[rules.delete],
});
