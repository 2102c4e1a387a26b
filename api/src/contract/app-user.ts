// Users of one app: who may sign in to it, at `/api/app-auth/` on the app's own host. Each app has its own; the session
// is a cookie that scripts cannot read, so no token is ever in an answer.
import { z } from 'zod';
import {
  DEFAULT_PAGE_SIZE,
  MAX_EMAIL_LENGTH,
  MAX_OFFSET,
  MAX_PAGE_SIZE,
  MAX_PASSWORD_LENGTH,
  MIN_PASSWORD_LENGTH,
} from './limits.ts';
import { wholeNumberText } from './query.ts';

const email = z.string().trim().max(MAX_EMAIL_LENGTH).check(z.email('must be an e-mail address'));
const newPassword = z
  .string()
  .min(MIN_PASSWORD_LENGTH, `must have at least ${MIN_PASSWORD_LENGTH} characters`)
  .max(MAX_PASSWORD_LENGTH, `must have at most ${MAX_PASSWORD_LENGTH} characters`);
// What is only compared may be as weak as it was, but not longer than what is hashed.
const anyPassword = z.string().min(1).max(MAX_PASSWORD_LENGTH);

/** A user as the app sees them. */
export const appUserSchema = z.object({
  id: z.uuid(),
  email: z.string(),
  /** Absent when none was given. */
  name: z.string().optional(),
});
export type AppUser = z.infer<typeof appUserSchema>;

/** Answer of sign-up, log-in and password change. */
export const appUserAnswerSchema = z.object({ user: appUserSchema });
/** Answer of `me`: null for a visitor. */
export const appMeAnswerSchema = z.object({ user: appUserSchema.nullable() });

/** Body of sign-up. */
export const appSignupSchema = z.strictObject({
  email,
  password: newPassword,
  name: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must be one line of text')
    .optional(),
});
/** Body of log-in. */
export const appLoginSchema = z.strictObject({
  email: z.string().trim().min(1).max(MAX_EMAIL_LENGTH),
  password: anyPassword,
});
/** Body of a password change, by the signed-in user. */
export const appPasswordSchema = z.strictObject({ currentPassword: anyPassword, newPassword });

/** A user as the app's owner sees them. */
export const ownedAppUserSchema = appUserSchema.extend({
  createdAt: z.string(),
  /** When a session of theirs was used last, to the hour; null when they have none. */
  lastSeenAt: z.string().nullable(),
  documents: z.number().int(),
});
export type OwnedAppUser = z.infer<typeof ownedAppUserSchema>;
/** Query of the owner's list of users. */
export const listAppUsersQuerySchema = z.strictObject({
  limit: wholeNumberText({ min: 1, max: MAX_PAGE_SIZE, fallback: DEFAULT_PAGE_SIZE, clamp: true }),
  offset: wholeNumberText({ min: 0, max: MAX_OFFSET, fallback: 0 }),
});
/** Answer of the owner's list of users, newest first. */
export const appUserListSchema = z.object({
  items: z.array(ownedAppUserSchema),
  total: z.number().int(),
  limit: z.number().int(),
  offset: z.number().int(),
});
export type AppUserList = z.infer<typeof appUserListSchema>;
