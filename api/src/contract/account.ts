// Accounts of the platform: who may sign in to the dashboard and the projects API. Not the users of a generated app:
// those are in app-user.ts. The session is a cookie that scripts cannot read; only personal access tokens and invites are
// ever in an answer, once, when they are made.
import { z } from 'zod';
import {
  MAX_HANDLE_LENGTH,
  MAX_INVITE_DAYS,
  MAX_PASSWORD_LENGTH,
  MAX_TOKEN_DAYS,
  MIN_PASSWORD_LENGTH,
} from './limits.ts';
import { wholeNumberText } from './query.ts';

/** A handle: what one signs in with, and the `owner` label in the hosts of one's apps. It never changes. */
export const handleSchema = z
  .string()
  .min(1)
  .max(MAX_HANDLE_LENGTH, `a handle has at most ${MAX_HANDLE_LENGTH} characters`)
  .regex(
    /^[a-z]([a-z0-9-]*[a-z0-9])?$/,
    'use lower-case letters, digits and inner hyphens, starting with a letter',
  );

const newPassword = z
  .string()
  .min(MIN_PASSWORD_LENGTH, `must have at least ${MIN_PASSWORD_LENGTH} characters`)
  .max(MAX_PASSWORD_LENGTH, `must have at most ${MAX_PASSWORD_LENGTH} characters`);
// What is only compared may be as weak as it was, but not longer than what is hashed.
const anyPassword = z.string().min(1).max(MAX_PASSWORD_LENGTH);
const shownName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must be one line of text');
const secretText = z.string().min(1).max(100);
const role = z.enum(['user', 'admin']);
/** A role: users see and touch their own apps, admins all apps and the accounts. */
export type Role = z.infer<typeof role>;

/** An account on the wire. */
export const accountSchema = z.object({
  id: z.string(),
  handle: z.string(),
  /** Shown name, or null. */
  name: z.string().nullable(),
  role,
});
export type AccountView = z.infer<typeof accountSchema>;

/** What an account may use; null: no limit. `tokensPerDay` counts model tokens from midnight UTC. */
export const accountLimitsSchema = z.object({
  apps: z.number().int().nullable(),
  tokensPerDay: z.number().int().nullable(),
});
export type AccountLimits = z.infer<typeof accountLimitsSchema>;

/** Answer of `GET /api/auth/config/`: what a sign-in page must know before anybody signed in. */
export const authConfigSchema = z.object({
  mode: z.enum(['single', 'accounts']),
  /** Who may make an account: everybody, who has an invite, nobody. */
  signUp: z.enum(['open', 'invited', 'closed']),
  /** True until the first admin was made with the setup token. */
  setup: z.boolean(),
  /** The OpenID provider's name on the button, or null. */
  oidc: z.object({ name: z.string() }).nullable(),
});
export type AuthConfig = z.infer<typeof authConfigSchema>;

/** Answer of sign-up, log-in, me and password change. */
export const meSchema = z.object({
  mode: z.enum(['single', 'accounts']),
  account: accountSchema,
  limits: accountLimitsSchema,
});
export type Me = z.infer<typeof meSchema>;

/** Body of `POST /api/auth/signup/`. `invite` is an invite's token, or the setup token for the first admin. */
export const signUpSchema = z.strictObject({
  handle: handleSchema,
  password: newPassword,
  name: shownName.optional(),
  invite: secretText.optional(),
});
export type SignUp = z.infer<typeof signUpSchema>;

/** Body of `POST /api/auth/login/`. */
export const logInSchema = z.strictObject({
  handle: z.string().trim().min(1).max(200),
  password: anyPassword,
});

/** Body of `POST /api/auth/password/`. `currentPassword` is left out by an account that has none yet. */
export const changePasswordSchema = z.strictObject({
  currentPassword: anyPassword.optional(),
  newPassword,
});

/** Body of a request that needs nothing but its address. */
export const emptyBodySchema = z.strictObject({});

/** A session as its account sees it. Times are ISO 8601. */
export const sessionSchema = z.object({
  id: z.string(),
  createdAt: z.string(),
  seenAt: z.string(),
  address: z.string(),
  userAgent: z.string(),
  /** True for the session that asks. */
  current: z.boolean(),
});
/** Answer of `GET /api/auth/sessions/`. */
export const sessionListSchema = z.object({ items: z.array(sessionSchema) });

/** Body of `POST /api/auth/tokens/`. */
export const createTokenSchema = z.strictObject({
  name: shownName,
  expiresInDays: z.number().int().min(1).max(MAX_TOKEN_DAYS).default(90),
});
/** A personal access token without its secret. */
export const tokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  usedAt: z.string().nullable(),
});
export type TokenView = z.infer<typeof tokenSchema>;
/** Answer of a token's making: the only time that its secret is shown. */
export const newTokenSchema = tokenSchema.extend({ token: z.string() });
/** Answer of `GET /api/auth/tokens/`. */
export const tokenListSchema = z.object({ items: z.array(tokenSchema) });

/** An account as admins see it. */
export const managedAccountSchema = accountSchema.extend({
  disabled: z.boolean(),
  createdAt: z.string(),
  /** When a session of it was used last; null when it has none. */
  lastSeenAt: z.string().nullable(),
  /** Overrides of the installation's limits; null: none. */
  appsLimit: z.number().int().nullable(),
  tokensPerDay: z.number().int().nullable(),
});
export type ManagedAccount = z.infer<typeof managedAccountSchema>;
/** Answer of `GET /api/accounts/`. */
export const accountListSchema = z.object({ items: z.array(managedAccountSchema) });

const override = z.number().int().min(0).max(1_000_000_000).nullable();
/** Body of `PATCH /api/accounts/{id}/`; what is left out stays. `tokensPerDay` of 0 means no limit, null the default. */
export const changeAccountSchema = z.strictObject({
  role: role.optional(),
  disabled: z.boolean().optional(),
  appsLimit: override.optional(),
  tokensPerDay: override.optional(),
});
export type ChangeAccount = z.infer<typeof changeAccountSchema>;

/** Body of `POST /api/accounts/invites/`. With a handle only that handle can be taken with it. */
export const createInviteSchema = z.strictObject({
  role: role.default('user'),
  handle: handleSchema.optional(),
  expiresInDays: z.number().int().min(1).max(MAX_INVITE_DAYS).default(7),
});
export type CreateInvite = z.infer<typeof createInviteSchema>;
/** An open invite without its secret. */
export const inviteSchema = z.object({
  id: z.string(),
  role,
  handle: z.string().nullable(),
  createdAt: z.string(),
  expiresAt: z.string(),
});
export type InviteView = z.infer<typeof inviteSchema>;
/** Answer of an invite's making: the only time that its secret is shown. `url` opens the sign-up page with it. */
export const newInviteSchema = inviteSchema.extend({ token: z.string(), url: z.string() });
/** Answer of `GET /api/accounts/invites/`. */
export const inviteListSchema = z.object({ items: z.array(inviteSchema) });

/** One security event. */
export const securityEventSchema = z.object({
  id: z.string(),
  at: z.string(),
  event: z.string(),
  /** Whom it is about, and who did it; null when it is nobody known. */
  accountId: z.string().nullable(),
  actorId: z.string().nullable(),
  address: z.string(),
  detail: z.record(z.string(), z.unknown()),
});
/** Answer of `GET /api/accounts/events/`: newest first. */
export const securityEventListSchema = z.object({ items: z.array(securityEventSchema) });
/** Query of `GET /api/accounts/events/`: `before` is the id of the last event of the page before. */
export const securityEventsQuerySchema = z.object({
  before: z
    .string()
    .regex(/^[1-9]\d{0,17}$/, 'must be the id of an event')
    .optional(),
  limit: wholeNumberText({ min: 1, max: 500, fallback: 100, clamp: true }),
});

/** The id of a session, token, account or invite. */
export const accountIdSchema = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
