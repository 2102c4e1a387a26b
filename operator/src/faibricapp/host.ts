// The host and owner of an app, from its facts.
import type { Facts } from './facts.ts';
import { hostOf } from './resources/names.ts';

/** Host under which Faibric serves the app. */
export const hostOfApp = (facts: Pick<Facts, 'app' | 'appId' | 'settings'>): string =>
  hostOf({
    owner: facts.app.spec.owner ?? facts.settings.defaultOwner,
    app: facts.app.metadata.name,
    appId: facts.appId,
    domain: facts.settings.domain,
  });
