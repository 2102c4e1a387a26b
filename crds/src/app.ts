// FaibricApp: a sentence, or source, that shall run at an address. The spec is what a person wants; everything
// Faibric found out stands in the status. `prompt` is optional in the schema only because `source` may replace it.
import { z } from 'zod';
import { accessList } from './access.ts';
import { appConditions } from './conditions.ts';
import { API_VERSION, RESERVED_WORDS } from './names.ts';
import { objectMeta } from './object-meta.ts';
import {
  cel,
  DNS_LABEL,
  line,
  listMap,
  patternMessage,
  prompt,
  sourceFiles,
  text,
  time,
  whole,
} from './schema-parts.ts';

const reserved = `[${RESERVED_WORDS.map((word) => `'${word}'`).join(', ')}]`;

const owner = z
  .string()
  .min(1)
  .max(30)
  .regex(DNS_LABEL)
  .meta({
    description:
      'Whose app it is: first part of the host. A DNS label; cannot change. Default: the operator’s.',
    ...patternMessage('write a DNS label: a-z, 0-9 and -, beginning and ending with a letter or digit'),
    ...cel(
      { rule: `!(self in ${reserved})`, message: `owner must not be one of ${RESERVED_WORDS.join(', ')}` },
      { rule: "!self.startsWith('xn--')", message: 'owner must not be punycode (xn--…)' },
    ),
  });

const id = z
  .string()
  .regex(/^[a-z0-9]{2,20}$/)
  .meta({
    description:
      'Last part of the host and key of the app’s data: 2 to 20 of a-z and 0-9. Set it to keep host and data ' +
      'over a restore from Git or a backup. Default: derived from the UID. Cannot change.',
    ...patternMessage('write 2 to 20 of a-z and 0-9, without dashes'),
  });

const host = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)+$/)
  .meta({
    description: 'Custom domain that also serves the app, for example plants.example.org.',
    ...patternMessage('write a full host name in lower case, for example plants.example.org'),
    ...cel({
      rule: `!(self.split('.')[0] in ${reserved})`,
      message: `the first part of host must not be one of ${RESERVED_WORDS.join(', ')}`,
    }),
  });

const change = z.object({
  id: z
    .string()
    .min(1)
    .max(63)
    .regex(DNS_LABEL)
    .meta({
      description: 'Name of the change, unique in the app.',
      ...patternMessage('write a DNS label: a-z, 0-9 and -, beginning and ending with a letter or digit'),
    }),
  prompt: prompt('What to change, in a sentence.'),
});

const budget = z.object({
  tokens: whole(
    { min: 0, max: 100_000_000 },
    'Tokens that all model calls of the app may use together.',
  ).optional(),
  repairs: whole({ min: 0, max: 5 }, 'Model calls that may mend a revision that fails a check.').default(2),
});

const names = (description: string) => z.array(text(100, 'Name.')).max(100).meta({ description });

/** What a person wants of an app. */
export const appSpec = z
  .object({
    prompt: prompt('What the app is, in 3 to 8,000 characters.').optional(),
    owner: owner.optional(),
    id: id.optional(),
    title: line(80, 'Shown name. Default: taken from the analysis.').optional(),
    changes: z
      .array(change)
      .max(200)
      .meta({
        description: 'Changes asked for later, in order. Appending one makes a revision.',
        ...listMap('id'),
      })
      .optional(),
    source: z
      .object({ files: sourceFiles('The files. src/App.tsx must have a default export.') })
      .meta({ description: 'Bring your own code: no model is asked, all else is the same.' })
      .optional(),
    engine: z
      .enum(['auto', 'builtin', 'blueprint', 'freeform'])
      .default('auto')
      .meta({
        description:
          'Who writes the app: builtin (no model), blueprint (one small call), freeform (the model writes the ' +
          'files), or auto (freeform when a model is configured, else builtin).',
      }),
    model: z
      .string()
      .max(200)
      .regex(/^[A-Za-z0-9][A-Za-z0-9._:/@-]*$/)
      .meta({
        description: 'Model name for blueprint and freeform. Default: the operator’s.',
        ...patternMessage('write a model name of letters, digits and . _ : / @ -'),
      })
      .optional(),
    budget: budget
      .meta({ description: 'Limits on what the app may spend; no call is made that could pass it.' })
      .optional(),
    revision: whole(
      { min: 1, max: 1_000_000 },
      'Revision to serve (rollback). Absent: the newest accepted one.',
    ).optional(),
    host: host.optional(),
    audience: z
      .enum(['public', 'private'])
      .default('public')
      .meta({ description: 'Who may open the app: public, or private (signed-in users).' }),
    access: accessList(
      'Who may read and write which collection. Replaces the rules of the plan for the collections named here.',
    ).optional(),
    services: names(
      'Gateway services that the app may use, and no others. Absent: all that cost nothing, and of the others those ' +
        'that its plan names.',
    ).optional(),
    suspend: z
      .boolean()
      .default(false)
      .meta({ description: 'True stops the pods; data and revisions stay.' }),
    replicas: whole({ min: 0, max: 10 }, 'Pods to run.').default(1),
    revisionHistoryLimit: whole({ min: 1, max: 100 }, 'Revisions to keep besides the live one.').default(10),
  })
  .meta({
    description: 'What is wanted.',
    ...cel(
      {
        rule: 'has(self.prompt) || has(self.source)',
        message: 'set prompt (a sentence) or source (your own files)',
      },
      {
        rule: 'has(self.owner) == has(oldSelf.owner) && (!has(self.owner) || self.owner == oldSelf.owner)',
        message: 'owner cannot change: it is part of the address; create another app instead',
      },
      {
        rule: '!has(oldSelf.id) || (has(self.id) && self.id == oldSelf.id)',
        message: 'id cannot change: it is the key of the app’s data; create another app instead',
      },
    ),
  });

const stepTokens = whole({ min: 0, max: Number.MAX_SAFE_INTEGER }, 'Tokens used.');
const count = (description: string) => whole({ min: 0, max: 1_000_000 }, description);

/** Tokens by step; `estimated` when the server gave no figures. */
export const tokenUse = z.object({
  analyze: stepTokens.optional(),
  generate: stepTokens.optional(),
  repair: stepTokens.optional(),
  total: stepTokens,
  estimated: z.boolean().meta({ description: 'True when some figures are estimates.' }).optional(),
});

/** What Faibric observed of an app. */
export const appStatus = z
  .object({
    observedGeneration: whole(
      { min: 0, max: Number.MAX_SAFE_INTEGER },
      'Generation of the spec this speaks of.',
    ),
    conditions: appConditions,
    phase: text(40, 'One word for printing, derived from the conditions. Scripts read the conditions.'),
    appId: text(20, 'Key of the app’s data and last part of the host.'),
    host: text(253, 'Host that serves the app.'),
    url: text(300, 'Address of the app.'),
    title: text(200, 'Shown name.'),
    type: text(40, 'Kind of app, from the analysis.'),
    engine: text(40, 'Engine that wrote the live revision.'),
    services: names('Gateway services that the app uses.'),
    collections: names('Collections that the app keeps documents in.'),
    access: accessList(
      'Who may read and write which collection: the plan of the live revision under the rules of the spec. What no ' +
        'rule names belongs to its author.',
    ),
    limited: z
      .array(text(500, 'One thing.'))
      .max(50)
      .meta({ description: 'What was asked and is not in the app.' }),
    revision: count('Revision that serves now.'),
    latestRevision: count('Newest revision, also when it was rejected or is still in work.'),
    image: text(500, 'Image of the live revision, by digest.'),
    tokens: tokenUse.meta({ description: 'Tokens used over all revisions.' }),
    retiredTokens: whole(
      { min: 0, max: Number.MAX_SAFE_INTEGER },
      'Tokens of revisions that are no longer kept; part of tokens.total.',
    ),
    replicas: count('Pods that exist.'),
    readyReplicas: count('Pods that are ready.'),
    selector: text(300, 'Label selector of the pods, for the scale subresource.'),
    progress: z
      .object({
        step: text(40, 'Step in work.'),
        message: text(500, 'What is being done or waited for, and what happens next.'),
        since: time('Since when.'),
      })
      .meta({ description: 'The work of this moment; absent when there is none.' }),
    attempts: count('Failed tries in a row of the step in work.'),
    nextRetryTime: time('When the step is tried again.'),
    lastHandledRequest: text(200, 'Last value of the annotation faibric.dev/requestedAt that was acted on.'),
    lastHandledCancel: text(
      200,
      'Last value of the annotation faibric.dev/cancelRequestedAt that was acted on.',
    ),
  })
  .partial()
  .meta({ description: 'What was observed; written by the operator alone.' });

/** Rules over the whole object: the name is part of the host, and an id once in use stays. */
export const APP_RULES = cel(
  {
    rule: "self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$') && self.metadata.name.size() <= 50",
    message:
      'metadata.name must be a DNS label of at most 50 characters that starts with a letter, without dots',
  },
  {
    rule: `!(self.metadata.name in ${reserved}) && !self.metadata.name.startsWith('xn--')`,
    message: `metadata.name must not be punycode or one of ${RESERVED_WORDS.join(', ')}`,
  },
  {
    rule: '!has(self.spec.id) || !has(self.status) || !has(self.status.appId) || self.spec.id == self.status.appId',
    message: 'id cannot change: the app already keeps its data under status.appId',
  },
);

/** A FaibricApp as read from the API server. */
export const faibricApp = z.object({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('FaibricApp'),
  metadata: objectMeta,
  spec: appSpec,
  status: appStatus.optional(),
});

/** A FaibricApp as read from the API server. */
export type FaibricApp = z.infer<typeof faibricApp>;
/** What a person wants of an app, defaults filled in. */
export type AppSpec = z.infer<typeof appSpec>;
/** What a person writes: defaults may be absent. */
export type AppSpecInput = z.input<typeof appSpec>;
/** What Faibric observed of an app. */
export type AppStatus = z.infer<typeof appStatus>;
/** Tokens by step. */
export type TokenUse = z.infer<typeof tokenUse>;
