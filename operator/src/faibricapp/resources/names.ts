// Every name that belongs to an app, in one place. Names are deterministic: a child is found again by its name
// after a crash, never by memory. `metadata.name` is at most 50 characters (CEL), so no child name needs a hash.

/** Longest DNS label. */
const LABEL_MAX = 63;

/** Name of a revision object. */
export const revisionName = (app: string, number: number): string => `${app}-r${number}`;

/** Name of the middleware that tells the API which app a request belongs to. */
export const idMiddlewareName = (app: string): string => `${app}-id`;

/** The readable part of the host: the object's name without a trailing `-{id}`, which the API appends. */
export const slugOf = (app: string, appId: string): string =>
  app.endsWith(`-${appId}`) && app.length > appId.length + 1 ? app.slice(0, -appId.length - 1) : app;

/** What the host is made of. */
export interface HostParts {
  readonly owner: string;
  readonly app: string;
  readonly appId: string;
  readonly domain: string;
}

/** Host of an app: `{owner}-{slug}-{id}.{domain}`. The slug is cut where the label would pass 63 characters. */
export const hostOf = ({ owner, app, appId, domain }: HostParts): string => {
  const room = LABEL_MAX - owner.length - appId.length - 2;
  const slug = slugOf(app, appId).slice(0, Math.max(1, room)).replace(/-+$/, '');
  return `${owner}-${slug}-${appId}.${domain}`;
};

/** Address of a host; the port is named only where browsers would not assume it. */
export const urlOf = (host: string, publicPort: number): string =>
  publicPort === 80 ? `http://${host}` : `http://${host}:${publicPort}`;
