// The two CustomResourceDefinitions, made from the zod schemas. Columns, short names and subresources live
// here; fields and their rules live in app.ts and revision.ts.
import { APP_RULES, appSpec, appStatus } from './app.ts';
import { GROUP, PLURALS, VERSION } from './names.ts';
import { revisionSpec, revisionStatus } from './revision.ts';
import { type SchemaNode, structuralSchema } from './structural-schema.ts';

interface Column {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'date';
  readonly jsonPath: string;
  readonly description: string;
  readonly priority?: 1;
}

const APP_COLUMNS: readonly Column[] = [
  { name: 'Phase', type: 'string', jsonPath: '.status.phase', description: 'Where the app stands.' },
  { name: 'Type', type: 'string', jsonPath: '.status.type', description: 'Kind of app.' },
  { name: 'Revision', type: 'integer', jsonPath: '.status.revision', description: 'Revision that serves.' },
  { name: 'URL', type: 'string', jsonPath: '.status.url', description: 'Address of the app.' },
  {
    name: 'Age',
    type: 'date',
    jsonPath: '.metadata.creationTimestamp',
    description: 'Since when it exists.',
  },
  {
    name: 'Tokens',
    type: 'integer',
    jsonPath: '.status.tokens.total',
    description: 'Tokens used.',
    priority: 1,
  },
  {
    name: 'Services',
    type: 'string',
    jsonPath: '.status.services',
    description: 'Live data it uses.',
    priority: 1,
  },
  {
    name: 'Image',
    type: 'string',
    jsonPath: '.status.image',
    description: 'Image that serves.',
    priority: 1,
  },
  {
    name: 'Message',
    type: 'string',
    jsonPath: '.status.conditions[?(@.type=="Ready")].message',
    description: 'What Ready says.',
    priority: 1,
  },
];

const REVISION_COLUMNS: readonly Column[] = [
  { name: 'App', type: 'string', jsonPath: '.spec.app', description: 'App it belongs to.' },
  { name: 'Number', type: 'integer', jsonPath: '.spec.number', description: 'Number within the app.' },
  {
    name: 'Accepted',
    type: 'string',
    jsonPath: '.status.conditions[?(@.type=="Accepted")].status',
    description: 'Whether it passed the checks.',
  },
  { name: 'Tokens', type: 'integer', jsonPath: '.status.tokens.total', description: 'Tokens used.' },
  {
    name: 'Age',
    type: 'date',
    jsonPath: '.metadata.creationTimestamp',
    description: 'Since when it exists.',
  },
  {
    name: 'Change',
    type: 'string',
    jsonPath: '.spec.change',
    description: 'Change it answers.',
    priority: 1,
  },
  { name: 'Image', type: 'string', jsonPath: '.status.image', description: 'Its image.', priority: 1 },
];

interface CrdParts {
  readonly kind: keyof typeof PLURALS;
  readonly singular: string;
  readonly shortName: string;
  readonly description: string;
  readonly spec: SchemaNode;
  readonly status: SchemaNode;
  readonly columns: readonly Column[];
  readonly rules?: Record<string, unknown>;
  readonly subresources: SchemaNode;
}

const makeCrd = (parts: CrdParts): SchemaNode => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: {
    name: `${PLURALS[parts.kind]}.${GROUP}`,
    labels: { 'app.kubernetes.io/name': 'faibric', 'app.kubernetes.io/part-of': 'faibric' },
  },
  spec: {
    group: GROUP,
    scope: 'Namespaced',
    names: {
      kind: parts.kind,
      listKind: `${parts.kind}List`,
      plural: PLURALS[parts.kind],
      singular: parts.singular,
      shortNames: [parts.shortName],
      categories: ['faibric'],
    },
    versions: [
      {
        name: VERSION,
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            description: parts.description,
            required: ['spec'],
            properties: {
              apiVersion: { type: 'string', description: 'Version of this schema.' },
              kind: { type: 'string', description: 'Kind of this object.' },
              metadata: { type: 'object' },
              spec: parts.spec,
              status: parts.status,
            },
            ...parts.rules,
          },
        },
        subresources: parts.subresources,
        additionalPrinterColumns: parts.columns,
      },
    ],
  },
});

/** The FaibricApp and FaibricRevision definitions, by file name. */
export const makeCrds = (): Readonly<Record<string, SchemaNode>> => ({
  'faibricapps.yaml': makeCrd({
    kind: 'FaibricApp',
    singular: 'faibricapp',
    shortName: 'fapp',
    description: 'An app that a sentence, or source, turns into: built, served and kept up by Faibric.',
    spec: structuralSchema(appSpec),
    status: structuralSchema(appStatus),
    columns: APP_COLUMNS,
    rules: APP_RULES,
    subresources: {
      status: {},
      scale: {
        specReplicasPath: '.spec.replicas',
        statusReplicasPath: '.status.replicas',
        labelSelectorPath: '.status.selector',
      },
    },
  }),
  'faibricrevisions.yaml': makeCrd({
    kind: 'FaibricRevision',
    singular: 'faibricrevision',
    shortName: 'frev',
    description: 'One accepted or rejected try at an app: its source, what made it, and what it cost.',
    spec: structuralSchema(revisionSpec),
    status: structuralSchema(revisionStatus),
    columns: REVISION_COLUMNS,
    subresources: { status: {} },
  }),
});
