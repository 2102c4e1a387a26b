// Operations on the users of one app: by its pages on the app's own host, and by its owner on the platform's. The session
// is a cookie that is set and cleared by the answers; no operation takes or gives a token.
import { z } from 'zod';
import {
  appLoginSchema,
  appMeAnswerSchema,
  appPasswordSchema,
  appSignupSchema,
  appUserAnswerSchema,
  appUserListSchema,
  listAppUsersQuerySchema,
} from '../app-user.ts';
import { documentIdSchema } from '../document.ts';
import type { Operation } from '../operation.ts';
import { projectIdSchema } from '../project-requests.ts';

const byPages = { tag: 'app users', callers: ['app'] } as const;
const byOwner = { tag: 'app users', callers: ['owner'] } as const;
const entered = (description: string) => ({ description, schema: appUserAnswerSchema });

/** Sign-up, log-in, log-out, who I am, password; the owner's list of users and deleting one. */
export const APP_USER_OPERATIONS: readonly Operation[] = [
  {
    ...byPages,
    id: 'signUpAppUser',
    method: 'POST',
    path: '/api/app-auth/signup/',
    summary: 'Make an account at this app and sign in',
    description:
      'What this browser wrote at the app as a visitor becomes the new user’s. The session is a host-only cookie.',
    body: appSignupSchema,
    answers: { 201: entered('The new user, signed in.') },
    problems: ['no_such_app', 'email_taken', 'quota_exceeded', 'rate_limited', 'unavailable'],
  },
  {
    ...byPages,
    id: 'logInAppUser',
    method: 'POST',
    path: '/api/app-auth/login/',
    summary: 'Sign in at this app',
    description: 'An unknown e-mail address and a wrong password have the same answer.',
    body: appLoginSchema,
    answers: { 200: entered('The user, signed in.') },
    problems: ['no_such_app', 'wrong_credentials', 'rate_limited', 'unavailable'],
  },
  {
    ...byPages,
    id: 'logOutAppUser',
    method: 'POST',
    path: '/api/app-auth/logout/',
    summary: 'Sign out at this app',
    body: z.object({}).optional(),
    answers: { 204: { description: 'This browser has no session any more.' } },
    problems: ['no_such_app', 'rate_limited'],
  },
  {
    ...byPages,
    id: 'getAppUser',
    method: 'GET',
    path: '/api/app-auth/me/',
    summary: 'Who is signed in at this app',
    answers: { 200: { description: 'The user, or null for a visitor.', schema: appMeAnswerSchema } },
    problems: ['no_such_app', 'session_ended', 'rate_limited'],
  },
  {
    ...byPages,
    id: 'changeAppPassword',
    method: 'POST',
    path: '/api/app-auth/password/',
    summary: 'Change the password; all other sessions of the user end',
    body: appPasswordSchema,
    answers: { 200: entered('The user, still signed in here.') },
    problems: [
      'no_such_app',
      'sign_in_required',
      'session_ended',
      'wrong_credentials',
      'rate_limited',
      'unavailable',
    ],
  },
  {
    ...byOwner,
    id: 'listAppUsers',
    method: 'GET',
    path: '/api/projects/:id/users/',
    summary: 'The users of an app, newest first',
    params: { id: projectIdSchema },
    query: listAppUsersQuerySchema,
    answers: { 200: { description: 'One page, and how many there are.', schema: appUserListSchema } },
    problems: ['not_found', 'invalid_id'],
  },
  {
    ...byOwner,
    id: 'deleteAppUser',
    method: 'DELETE',
    path: '/api/projects/:id/users/:user/',
    summary: 'Delete a user of an app and end their sessions; what they wrote stays',
    params: { id: projectIdSchema, user: documentIdSchema },
    answers: { 204: { description: 'There is no such user any more.' } },
    problems: ['not_found', 'invalid_id'],
  },
];
