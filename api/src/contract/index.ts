// Package entry of `@faibric/api/contract`: the zod schemas and types of the wire, shared with web and SDK.
// Imports zod and the CRD package only, so it is safe in a browser.

export * from './access.ts';
export * from './account.ts';
export * from './app-user.ts';
export * from './document.ts';
export * from './gateway.ts';
export * from './limits.ts';
export * from './logs.ts';
export * from './problem.ts';
export * from './project.ts';
export * from './project-requests.ts';
export * from './revision.ts';
export * from './usage.ts';
