// What was understood of a prompt, before it is a plan: which things are kept, which live data are shown, what kind of
// site it is. The builtin engine reads it off the words; the blueprint engine gets it from a model in one small answer.
import type { BlueprintField, BlueprintTheme, ToolName } from '@faibric/crds';

/**
 * How the documents of a collection are shared. `own`: each visitor sees their own. `posts`: all read, each changes
 * their own. `rated`: posts that others vote on. `team`: everybody changes all. `published`: the owner writes, all read.
 */
export type Sharing = 'own' | 'posts' | 'rated' | 'team' | 'published';

/** Whom the data of an app are for, as far as the prompt says. */
export interface Audience {
  /** People have accounts in the app: whoever writes is signed in. */
  readonly login: boolean;
  /** Nothing is shown to those who are not signed in. */
  readonly membersOnly: boolean;
  readonly sharing: Sharing;
}

/** A kind of thing to keep, with the fields that were named, or that people expect of it. */
export interface Thing {
  readonly singular: string;
  readonly plural: string;
  readonly icon: string;
  readonly fields: readonly BlueprintField[];
  readonly view: 'table' | 'cards' | 'checklist' | 'board';
  /** Yes/no field of a checklist. */
  readonly done?: string;
  /** Choice field of a board. */
  readonly by?: string;
  /** ISO currency of its money fields. */
  readonly currency?: string;
  /** How it is shared, where that differs from the rest of the app. */
  readonly sharing?: Sharing;
}

/** A form that visitors send. */
export interface WantedForm {
  readonly kind: 'contact' | 'sign-up' | 'booking' | 'feedback' | 'order' | 'rsvp' | 'newsletter';
  readonly title: string;
  readonly submit: string;
  readonly thanks: string;
  readonly fields: readonly BlueprintField[];
  /** What its answers are called: `messages`. */
  readonly singular: string;
  readonly plural: string;
  /** The prompt also wants to see the answers; `to-all`: the visitors shall see them. */
  readonly listed: false | 'to-owner' | 'to-all';
}

/** A site and what its sections say. */
export interface WantedSite {
  readonly name: string;
  /** Key in the lexicon of businesses. */
  readonly kind: string;
  readonly sections: readonly SiteSection[];
}

/** Sections of a site, in the order that they are asked for. */
export type SiteSection =
  | 'menu'
  | 'services'
  | 'about'
  | 'hours'
  | 'contact'
  | 'team'
  | 'testimonials'
  | 'questions'
  | 'features'
  | 'pricing';

/** A small program with its settings. */
export interface WantedTool {
  readonly tool: ToolName;
  readonly title: string;
  readonly minutes?: number;
  readonly breakMinutes?: number;
  readonly date?: string;
  readonly names?: readonly string[];
  readonly sides?: number;
  readonly cards?: readonly { front: string; back: string; choices?: string[] }[];
}

/** Everything understood. Empty lists mean that the prompt says nothing of it. */
export interface Brief {
  readonly audience: Audience;
  readonly title: string;
  readonly tagline?: string;
  readonly language: string;
  readonly theme: BlueprintTheme;
  readonly things: readonly Thing[];
  readonly stocks: readonly string[];
  readonly coins: readonly string[];
  readonly cities: readonly string[];
  readonly currency: string;
  readonly chart: boolean;
  /** The chart is of how it changes with time. */
  readonly overTime: boolean;
  readonly figures: boolean;
  readonly site?: WantedSite;
  readonly forms: readonly WantedForm[];
  readonly tools: readonly WantedTool[];
  readonly blog: boolean;
  readonly notes: boolean;
  readonly poll?: { readonly question: string; readonly options: readonly string[] };
  readonly limited: readonly string[];
}
