// How outcomes of the store leave: a document with its ETag, or the problem that it stands for.
import type { Response } from 'express';
import type { Quota, WriteFailure, WriteOutcome } from '../db/document-store.ts';
import { ApiError } from '../errors.ts';
import { sendJsonText } from '../http/send.ts';

/** The document is not there, or not for the asker. */
export const notThere = (): ApiError => new ApiError('no_such_document', 'There is no such document.');
/** The document has moved on from the version that was asked for. */
export const stale = (): ApiError =>
  new ApiError('version_mismatch', 'The document was changed by somebody else. Read it again, then repeat.');
const QUOTA_TEXT: Record<Quota, string> = {
  documents: 'This app has as many documents as it may have. Delete some first.',
  bytes: 'This app stores as much as it may. Delete something first.',
  collections: 'This app has as many collections as it may have.',
};

/** The error that a write's failure stands for. */
export const writeError = (failure: WriteFailure): ApiError => {
  switch (failure.kind) {
    case 'missing':
      return notThere();
    case 'mismatch':
      return stale();
    case 'too_large':
      return new ApiError('document_too_large', 'The document would become larger than a document may be.');
    case 'key_reused':
      return new ApiError('idempotency_conflict', 'This Idempotency-Key was used with another body.');
    case 'over_quota':
      return new ApiError('quota_exceeded', QUOTA_TEXT[failure.quota], { field: failure.quota });
  }
};

/** Sends what a write gave, or throws what it means. */
export const answerWrite = (res: Response, status: number, outcome: WriteOutcome): void => {
  if (outcome.kind !== 'ok') throw writeError(outcome);
  res.setHeader('ETag', `"${outcome.document.version}"`);
  sendJsonText(res, status, outcome.document.json);
};
