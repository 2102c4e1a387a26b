// What happened to accounts: sign-ins, failures, tokens, roles. Each event is a line in the log and a row that admins can
// read. Nothing here is secret: no password, no token, and not what was typed as a handle unless such an account exists.
// A database that cannot take the row does not undo what happened: the log line has it.
import type { Log } from '../ports.ts';

/** The closed list of events. */
export type SecurityEventName =
  | 'signed_up'
  | 'signed_in'
  | 'sign_in_failed'
  | 'sign_in_throttled'
  | 'signed_out'
  | 'password_changed'
  | 'session_ended'
  | 'token_made'
  | 'token_ended'
  | 'invite_made'
  | 'invite_ended'
  | 'account_changed'
  | 'account_deleted';

/** One event. `accountId` is whom it is about, `actorId` who did it. */
export interface SecurityEvent {
  readonly event: SecurityEventName;
  readonly accountId: string | null;
  readonly actorId: string | null;
  readonly address: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Where events are kept. */
export interface EventStore {
  add(event: SecurityEvent): Promise<void>;
  list(page: { readonly before: string | null; readonly limit: number }): Promise<
    readonly (Omit<SecurityEvent, 'event'> & {
      readonly id: string;
      readonly at: string;
      readonly event: string;
    })[]
  >;
}

/** Notes an event. */
export type NoteEvent = (event: SecurityEvent) => Promise<void>;

/** Makes the noting. */
export const makeNoteEvent =
  (store: EventStore, log: Log): NoteEvent =>
  async (event) => {
    log.info({ security: event.event, ...event }, 'security event');
    // What is about no account stays in the log: strangers must not be able to fill the table.
    if (event.accountId === null) return;
    try {
      await store.add(event);
    } catch {
      log.warn({ security: event.event }, 'a security event could not be stored');
    }
  };
