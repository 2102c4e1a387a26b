// The users of an app as its owner sees them, on the platform's host. An account that does not own the app gets the answer
// of an app that is not there, in the words of the projects API.
import { type Request, type Response, Router } from 'express';
import { type AdmitParts, admitOwner } from '../access/admit.ts';
import type { AppUsers } from '../app-users/app-users.ts';
import { listAppUsersQuerySchema } from '../contract/app-user.ts';
import { ApiError } from '../errors.ts';
import { parseQuery } from '../http/query.ts';
import { readQuery } from '../http/read-query.ts';
import { allowOnly, sendJson } from '../http/send.ts';
import { noSuchProject } from '../projects/project-actions.ts';
import { idOf, platformOnly } from './project-request.ts';

const USER_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const userIdOf = (req: Request): string => {
  const { user } = req.params;
  if (typeof user !== 'string' || !USER_ID.test(user)) {
    throw new ApiError('invalid_id', 'The id of a user is a UUID.');
  }
  return user;
};

/** Makes the router of `/api/projects/{id}/users/…`. */
export const ownedAppUsersRouter = (users: AppUsers, access: AdmitParts): Router => {
  const router = Router({ caseSensitive: true });
  const ownApp = (req: Request, res: Response): string => {
    const appId = idOf(req);
    admitOwner(access, res, { appId, missing: noSuchProject });
    return appId;
  };
  const list = async (req: Request, res: Response): Promise<void> => {
    const appId = ownApp(req, res);
    sendJson(res, 200, await users.list(appId, readQuery(req.url, listAppUsersQuerySchema)));
  };
  const remove = async (req: Request, res: Response): Promise<void> => {
    const appId = ownApp(req, res);
    const userId = userIdOf(req);
    parseQuery(req.url, []);
    if (!(await users.remove(appId, userId))) throw new ApiError('not_found', 'There is no such user.');
    res.statusCode = 204;
    res.end();
  };
  router.use('/api/projects', platformOnly);
  router.route('/api/projects/:id/users/').get(list).all(allowOnly('GET', 'HEAD'));
  router.route('/api/projects/:id/users/:user/').delete(remove).all(allowOnly('DELETE'));
  return router;
};
