// The operations of accounts: one's own at `/api/auth/`, everybody's for admins at `/api/accounts/`. In mode `single` only
// `config` and `me` are there; the others are 404. What needs a session is 403 with a personal access token.
import {
  accountIdSchema,
  accountListSchema,
  authConfigSchema,
  changeAccountSchema,
  changePasswordSchema,
  createInviteSchema,
  createTokenSchema,
  emptyBodySchema,
  inviteListSchema,
  logInSchema,
  managedAccountSchema,
  meSchema,
  newInviteSchema,
  newTokenSchema,
  securityEventListSchema,
  securityEventsQuerySchema,
  sessionListSchema,
  signUpSchema,
  tokenListSchema,
} from '../account.ts';
import type { Operation } from '../operation.ts';

const open = { tag: 'accounts', callers: ['anyone'] } as const;
const own = { tag: 'accounts', callers: ['account'] } as const;
const admin = { tag: 'accounts', callers: ['admin'] } as const;
const params = { id: accountIdSchema };
const NOTHING = { 204: { description: 'Done; no content.' } };
const NEEDS_SESSION = ['not_found', 'forbidden', 'unavailable'] as const;
const FOR_ADMINS = ['not_found', 'forbidden', 'unavailable'] as const;

const AUTH: readonly Operation[] = [
  {
    ...open,
    id: 'getAuthConfig',
    method: 'GET',
    path: '/api/auth/config/',
    summary: 'Tells how one signs in here, before anybody has.',
    answers: { 200: { description: 'Mode, sign-up, provider.', schema: authConfigSchema } },
    problems: ['unavailable'],
  },
  {
    ...open,
    id: 'signUp',
    method: 'POST',
    path: '/api/auth/signup/',
    summary: 'Makes an account and signs it in.',
    description:
      'With an invite, or with the setup token for the first admin; without either where sign-up is open.',
    body: signUpSchema,
    answers: { 201: { description: 'The account; the session is in a cookie.', schema: meSchema } },
    problems: ['not_found', 'forbidden', 'conflict', 'rate_limited', 'unavailable'],
  },
  {
    ...open,
    id: 'logIn',
    method: 'POST',
    path: '/api/auth/login/',
    summary: 'Signs in with handle and password.',
    body: logInSchema,
    answers: { 200: { description: 'The account; the session is in a cookie.', schema: meSchema } },
    problems: ['not_found', 'wrong_credentials', 'rate_limited', 'unavailable'],
  },
  {
    ...open,
    id: 'logOut',
    method: 'POST',
    path: '/api/auth/logout/',
    summary: 'Ends the session of this browser, if there is one.',
    body: emptyBodySchema,
    answers: NOTHING,
    problems: ['not_found', 'unavailable'],
  },
  {
    ...own,
    id: 'getMe',
    method: 'GET',
    path: '/api/auth/me/',
    summary: 'Tells who asks, and what they may use.',
    answers: { 200: { description: 'The account.', schema: meSchema } },
    problems: ['unavailable'],
  },
  {
    ...own,
    id: 'changePassword',
    method: 'POST',
    path: '/api/auth/password/',
    summary: 'Sets a new password; ends all sessions and tokens and opens one new session.',
    body: changePasswordSchema,
    answers: { 200: { description: 'The account; the new session is in a cookie.', schema: meSchema } },
    problems: [...NEEDS_SESSION, 'wrong_credentials', 'rate_limited'],
  },
];

const OIDC: readonly Operation[] = [
  {
    ...open,
    id: 'startOidc',
    method: 'GET',
    path: '/api/auth/oidc/start/',
    summary: 'Sends the browser to the OpenID provider.',
    answers: { 303: { description: 'To the provider; what ties the way back is in a cookie.' } },
    problems: ['not_found', 'unavailable'],
  },
  {
    ...open,
    id: 'finishOidc',
    method: 'GET',
    path: '/api/auth/oidc/callback/',
    summary: 'Takes the browser back from the OpenID provider and signs it in.',
    description:
      'What is wrong is told on the sign-in page (`/#sign-in-error=code`) when `Accept` names text/html, else as a problem.',
    answers: { 303: { description: 'To the dashboard; the session is in a cookie.' } },
    problems: ['not_found', 'wrong_credentials', 'forbidden', 'conflict', 'unavailable'],
  },
];

const PROOFS: readonly Operation[] = [
  {
    ...own,
    id: 'listSessions',
    method: 'GET',
    path: '/api/auth/sessions/',
    summary: 'Lists the sessions of the account.',
    answers: { 200: { description: 'Used last first.', schema: sessionListSchema } },
    problems: NEEDS_SESSION,
  },
  {
    ...own,
    id: 'endOtherSessions',
    method: 'DELETE',
    path: '/api/auth/sessions/',
    summary: 'Ends all sessions but the one that asks.',
    answers: NOTHING,
    problems: NEEDS_SESSION,
  },
  {
    ...own,
    id: 'endSession',
    method: 'DELETE',
    path: '/api/auth/sessions/:id/',
    summary: 'Ends one session.',
    params,
    answers: NOTHING,
    problems: NEEDS_SESSION,
  },
  {
    ...own,
    id: 'listTokens',
    method: 'GET',
    path: '/api/auth/tokens/',
    summary: 'Lists personal access tokens, without their secrets.',
    answers: { 200: { description: 'Newest first.', schema: tokenListSchema } },
    problems: NEEDS_SESSION,
  },
  {
    ...own,
    id: 'createToken',
    method: 'POST',
    path: '/api/auth/tokens/',
    summary: 'Makes a personal access token; the answer shows it this once.',
    description: 'Send it as `Authorization: Bearer fbr_…`. It may do what the account may do with apps.',
    body: createTokenSchema,
    answers: { 201: { description: 'The token.', schema: newTokenSchema } },
    problems: [...NEEDS_SESSION, 'quota_exceeded'],
  },
  {
    ...own,
    id: 'endToken',
    method: 'DELETE',
    path: '/api/auth/tokens/:id/',
    summary: 'Revokes a token, at once.',
    params,
    answers: NOTHING,
    problems: NEEDS_SESSION,
  },
];

const MANAGE: readonly Operation[] = [
  {
    ...admin,
    id: 'listAccounts',
    method: 'GET',
    path: '/api/accounts/',
    summary: 'Lists all accounts, newest first.',
    answers: { 200: { description: 'The accounts.', schema: accountListSchema } },
    problems: FOR_ADMINS,
  },
  {
    ...admin,
    id: 'changeAccount',
    method: 'PATCH',
    path: '/api/accounts/:id/',
    summary: 'Changes role, limits, or whether an account may sign in.',
    description: 'Disabling ends its sessions and tokens at once; its apps go on running.',
    params,
    body: changeAccountSchema,
    answers: { 200: { description: 'The account.', schema: managedAccountSchema } },
    problems: [...FOR_ADMINS, 'conflict'],
  },
  {
    ...admin,
    id: 'deleteAccount',
    method: 'DELETE',
    path: '/api/accounts/:id/',
    summary: 'Deletes an account. Its handle stays taken, its apps stay for admins to delete.',
    params,
    answers: NOTHING,
    problems: [...FOR_ADMINS, 'conflict'],
  },
  {
    ...admin,
    id: 'listInvites',
    method: 'GET',
    path: '/api/accounts/invites/',
    summary: 'Lists open invites, without their secrets.',
    answers: { 200: { description: 'Newest first.', schema: inviteListSchema } },
    problems: FOR_ADMINS,
  },
  {
    ...admin,
    id: 'createInvite',
    method: 'POST',
    path: '/api/accounts/invites/',
    summary: 'Makes an invite that works once; the answer shows it this once.',
    body: createInviteSchema,
    answers: { 201: { description: 'The invite and its link.', schema: newInviteSchema } },
    problems: [...FOR_ADMINS, 'quota_exceeded'],
  },
  {
    ...admin,
    id: 'endInvite',
    method: 'DELETE',
    path: '/api/accounts/invites/:id/',
    summary: 'Withdraws an invite.',
    params,
    answers: NOTHING,
    problems: FOR_ADMINS,
  },
  {
    ...admin,
    id: 'listSecurityEvents',
    method: 'GET',
    path: '/api/accounts/events/',
    summary: 'Lists security events, newest first.',
    query: securityEventsQuerySchema,
    answers: { 200: { description: 'A page of events.', schema: securityEventListSchema } },
    problems: FOR_ADMINS,
  },
];

/** Signing in, one's own sessions and tokens, and what admins do with accounts. */
export const ACCOUNT_OPERATIONS: readonly Operation[] = [...AUTH, ...OIDC, ...PROOFS, ...MANAGE];
