// Whether a sign-up can be offered, and what is wrong with what was typed, before it is sent. The server decides by the
// same schema; this only saves a round trip and says it beside the field.
import { type AuthConfig, signUpSchema } from '@faibric/api/contract';

/** What is typed into the form. */
export interface Credentials {
  readonly handle: string;
  readonly password: string;
}

/** True when somebody may make an account here. An invite is also how the first admin comes in. */
export const maySignUp = (config: AuthConfig, invite: string | undefined): boolean =>
  config.signUp === 'open' || (invite !== undefined && (config.setup || config.signUp === 'invited'));

/** The first complaint per field; none for a field that may be sent. */
export function checkSignUp(typed: Credentials): Partial<Record<keyof Credentials, string>> {
  const result = signUpSchema.safeParse(typed);
  if (result.success) return {};
  const complaints: Partial<Record<keyof Credentials, string>> = {};
  for (const { path, message } of result.error.issues) {
    if (path[0] === 'handle') complaints.handle ??= message;
    if (path[0] === 'password') complaints.password ??= message;
  }
  return complaints;
}
