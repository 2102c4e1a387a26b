// What a call gives, or the code of the problem that it throws: one value for tables that hold both.
import { ApiError } from '../src/errors.ts';

/** The result of the work, or its problem code. */
export const orCode = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error instanceof ApiError ? error.code : 'not an ApiError';
  }
};
