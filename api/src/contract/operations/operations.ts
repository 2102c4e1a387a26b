// All operations of the API, area by area. What is not in here is not documented, not fuzzed and not in the matrix of
// callers, so a test walks the real routes and fails for one that is missing (routes/operations.test.ts).
import type { Operation } from '../operation.ts';
import { ACCOUNT_OPERATIONS } from './accounts.ts';
import { APP_USER_OPERATIONS } from './app-users.ts';
import { COLLECTION_OPERATIONS } from './collections.ts';
import { DOCUMENT_ACCESS_OPERATIONS } from './document-access.ts';
import { DOCUMENT_OPERATIONS } from './documents.ts';
import { GATEWAY_OPERATIONS } from './gateway.ts';
import { PLATFORM_OPERATIONS } from './platform.ts';
import { PROJECT_OPERATIONS } from './projects.ts';

/** Every operation of the API. */
export const OPERATIONS: readonly Operation[] = [
  ...PROJECT_OPERATIONS,
  ...DOCUMENT_OPERATIONS,
  ...COLLECTION_OPERATIONS,
  ...DOCUMENT_ACCESS_OPERATIONS,
  ...APP_USER_OPERATIONS,
  ...GATEWAY_OPERATIONS,
  ...ACCOUNT_OPERATIONS,
  ...PLATFORM_OPERATIONS,
];
