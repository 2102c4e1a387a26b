// The public entry of @faibric/crds: schemas, types and names of Faibric's custom resources. Imports zod only.
export * from './access.ts';
export * from './app.ts';
export * from './blueprint.ts';
export * from './blueprint-sections.ts';
export * from './conditions.ts';
export * from './names.ts';
export * from './object-meta.ts';
export * from './reasons.ts';
export * from './revision.ts';
export { type Diagnostic, diagnostic, type SourceFile, sourceFile } from './schema-parts.ts';
export * from './work-entry.ts';
