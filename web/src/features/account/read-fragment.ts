// What links into the sign-in page carry: an invite, or what went wrong at the OpenID provider. It is in the fragment, which
// no browser sends to any server; the page takes it out of the address bar at once.

/** What the address said. */
export interface SignInLink {
  readonly invite?: string;
  /** A sentence for people. */
  readonly complaint?: string;
}

const COMPLAINTS: Readonly<Record<string, string>> = {
  forbidden: 'Your account is disabled, or there is none for you here. Ask an admin.',
  unavailable: 'The sign-in provider does not answer. Try again in a moment.',
  rate_limited: 'Too many sign-ins from your address. Wait a moment, then try again.',
  conflict: 'No free handle was found for you. Try again.',
};
const OTHER = 'The sign-in could not be verified. Try again.';

/** Reads the fragment of an address, with its `#`. */
export function readFragment(fragment: string): SignInLink {
  const values = new URLSearchParams(fragment.replace(/^#/, ''));
  const invite = values.get('invite');
  const code = values.get('sign-in-error');
  return {
    ...(invite === null || invite === '' ? {} : { invite }),
    ...(code === null ? {} : { complaint: (Object.hasOwn(COMPLAINTS, code) && COMPLAINTS[code]) || OTHER }),
  };
}
