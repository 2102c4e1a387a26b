// A stream of events outlives the request's check of who asks, so it is checked again while it is open: signing out,
// revoking a token, disabling an account or another role end it. A browser then connects anew and is told 401. A database
// that is away for a moment ends nothing: what is streamed comes from the cluster.
import type { Request, RequestHandler, Response } from 'express';
import { ApiError } from '../errors.ts';
import { type Account, type IdentifyAccount, maybeAccountOf } from './account.ts';

const isStream = (res: Response): boolean =>
  String(res.getHeader('Content-Type') ?? '').startsWith('text/event-stream');

const isSame = (before: Account, now: Account | null): boolean =>
  now !== null && now.id === before.id && now.role === before.role;

/** False when the request's proof has ended meanwhile. */
const stillProven = async (identify: IdentifyAccount, req: Request, res: Response): Promise<boolean> => {
  const before = maybeAccountOf(res);
  if (before === null) return true;
  try {
    return isSame(before, await identify(req, res));
  } catch (error) {
    return !(error instanceof ApiError && error.code === 'unauthorized');
  }
};

/** Ends streams whose account's proof has ended, within `everyMs`. */
export const endWithAccount =
  (identify: IdentifyAccount, everyMs: number): RequestHandler =>
  (req, res, next) => {
    if (req.method === 'GET' && req.path.endsWith('/events/') && maybeAccountOf(res) !== null) {
      const timer = setInterval(async () => {
        if (isStream(res) && !(await stillProven(identify, req, res))) res.end();
      }, everyMs);
      timer.unref();
      res.on('close', () => clearInterval(timer));
    }
    next();
  };
