// What an installation says about services: another base address, whether it may be a private one, whether a key is
// needed. Only the chart's sample upstreams and tests allow private addresses. A base that could mean two hosts to
// two parsers (127.1, 0x7f.1, full-width digits, user@host) fails the load, before anything is served.
import { isIP } from 'node:net';
import { z } from 'zod';
import type { Service } from './service.ts';

const serviceSettings = z.strictObject({
  baseUrl: z.string().optional(),
  allowPrivate: z.boolean().default(false),
  requireKey: z.boolean().default(true),
});

/** The file that FAIBRIC_GATEWAY_CONFIG names. */
export const gatewayConfigSchema = z.strictObject({
  services: z.record(z.string(), serviceSettings).default({}),
});
export type GatewayConfig = z.infer<typeof gatewayConfigSchema>;

/** A service as this installation uses it. */
export interface ConfiguredService extends Service {
  readonly base: URL;
  readonly allowPrivate: boolean;
  readonly requireKey: boolean;
}

const parseBase = (name: string, text: string, allowPrivate: boolean): URL => {
  const complain = (what: string): Error => new Error(`the base address of gateway service ${name} ${what}`);
  const written = /^https?:\/\/([^/?#@\\\s]+)(\/[A-Za-z0-9/_.-]*)?$/.exec(text)?.[1];
  if (written === undefined) throw complain('must be http(s)://host[:port][/path]');
  const url = new URL(text);
  if (url.host !== written.toLowerCase().replace(/:(80|443)$/, (port) => (url.port === '' ? '' : port))) {
    throw complain('must be written the way it is read');
  }
  const literal = isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0;
  if (literal && !allowPrivate) throw complain('must be a name, not an IP address');
  return url;
};

/** Applies an installation's settings to the table of services; throws on a setting that cannot be meant. */
export const configureServices = (
  services: readonly Service[],
  config: GatewayConfig,
): ReadonlyMap<string, ConfiguredService> => {
  const known = new Set(services.map((service) => service.name));
  const unknown = Object.keys(config.services).filter((name) => !known.has(name));
  if (unknown.length > 0) throw new Error(`the gateway config names unknown services: ${unknown.join(', ')}`);
  return new Map(
    services.map((service) => {
      const settings = Object.hasOwn(config.services, service.name)
        ? config.services[service.name]
        : undefined;
      const allowPrivate = settings?.allowPrivate ?? false;
      const base = parseBase(service.name, settings?.baseUrl ?? service.baseUrl, allowPrivate);
      const requireKey = service.key !== undefined && (settings?.requireKey ?? true);
      return [service.name, { ...service, base, allowPrivate, requireKey }];
    }),
  );
};
