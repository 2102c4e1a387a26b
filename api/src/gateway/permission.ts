// Which services an app may use. Without a word of its owner: all that cost nothing, and of those that cost money the ones
// that its plan names and only those. `spec.services` of the app replaces that by a list.
import { ApiError } from '../errors.ts';

/** Who asks: an app's page, or an account on the platform's own host. */
export type Asker =
  | { readonly kind: 'app'; readonly appId: string }
  | { readonly kind: 'account'; readonly id: string };

/** What is written about an app's services. */
export interface AppServices {
  /** The owner's list; null when there is none. */
  readonly allowed: readonly string[] | null;
  /** What the plan of the live revision names. */
  readonly planned: readonly string[];
}

/** Finds what is written about an app; null when the app is not known (yet). */
export type FindServices = (appId: string) => AppServices | null;

/** One text for an asker, by which quotas and answers of its own are kept apart. */
export const askerKey = (asker: Asker): string =>
  asker.kind === 'app' ? `app:${asker.appId}` : `account:${asker.id}`;

/** Refuses a service that the asker may not use; 403 with what to do about it. */
export const requireService = (
  asker: Asker,
  service: { readonly name: string; readonly title: string; readonly paid: boolean },
  find: FindServices,
): void => {
  if (asker.kind === 'account') return;
  const { allowed, planned } = find(asker.appId) ?? { allowed: null, planned: [] };
  if (allowed === null ? !service.paid || planned.includes(service.name) : allowed.includes(service.name))
    return;
  const why =
    allowed === null
      ? 'it costs money and the app’s plan does not name it'
      : 'its owner’s list does not name it';
  throw new ApiError(
    'forbidden',
    `This app may not use ${service.title}: ${why}. Its owner can add ${service.name} to spec.services of the app.`,
    { field: 'service' },
  );
};
