// Conditions as the Kubernetes API conventions define them: observations, each with a reason from a closed
// list. `Ready` sums up the six steps; `Reconciling` and `Stalled` are kstatus' abnormal-true pair, so
// `kubectl wait`, Helm's --wait and Flux understand an app without knowing Faibric.
import { z } from 'zod';
import { REASONS, type Reason } from './reasons.ts';
import { listMap, text, time, whole } from './schema-parts.ts';

/** The six steps from a prompt to a served app, in order. */
export const STEPS = ['Analyzed', 'Generated', 'Validated', 'Built', 'Deployed', 'Routed'] as const;
/** One of the six steps. */
export type Step = (typeof STEPS)[number];

/** Every condition type of a FaibricApp. */
export const APP_CONDITIONS = [...STEPS, 'Ready', 'Reconciling', 'Stalled', 'Limited', 'Suspended'] as const;
/** A condition type of a FaibricApp. */
export type AppConditionType = (typeof APP_CONDITIONS)[number];

/** Every condition type of a FaibricRevision. */
export const REVISION_CONDITIONS = ['Analyzed', 'Generated', 'Accepted', 'Built', 'Deployed'] as const;
/** A condition type of a FaibricRevision. */
export type RevisionConditionType = (typeof REVISION_CONDITIONS)[number];

const reasonNames = Object.keys(REASONS) as [Reason, ...Reason[]];

const conditionOf = <T extends readonly [string, ...string[]]>(types: T) =>
  z.object({
    type: z.enum(types).meta({ description: 'What is observed.' }),
    status: z
      .enum(['True', 'False', 'Unknown'])
      .meta({ description: 'True, False, or Unknown for not yet observed.' }),
    reason: z.enum(reasonNames).meta({ description: 'Why, from a closed list (docs/spec/reasons.md).' }),
    message: text(4000, 'The same for a person, with what to do next.'),
    lastTransitionTime: time('When the status last changed.'),
    observedGeneration: whole(
      { min: 0, max: Number.MAX_SAFE_INTEGER },
      'Generation this speaks of.',
    ).optional(),
  });

/** One condition of a FaibricApp. */
export const appCondition = conditionOf(APP_CONDITIONS);
/** One condition of a FaibricRevision. */
export const revisionCondition = conditionOf(REVISION_CONDITIONS);
/** One condition of a FaibricApp. */
export type AppCondition = z.infer<typeof appCondition>;
/** One condition of a FaibricRevision. */
export type RevisionCondition = z.infer<typeof revisionCondition>;

/** The conditions list of a FaibricApp, merged by type. */
export const appConditions = z
  .array(appCondition)
  .max(20)
  .meta({
    description: 'Observations of the app, one per type; Ready sums them up.',
    ...listMap('type'),
  });
/** The conditions list of a FaibricRevision, merged by type. */
export const revisionConditions = z
  .array(revisionCondition)
  .max(10)
  .meta({
    description: 'Observations of the revision, one per type.',
    ...listMap('type'),
  });
