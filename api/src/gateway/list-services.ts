// What GET /api/gateway/ tells: every service with its actions, their parameters and an example, and what is missing
// before it can be used.
import type { GatewayServices } from '../contract/gateway.ts';
import type { ComputedService } from './computed-service.ts';
import type { Credentials } from './credentials.ts';
import type { ConfiguredService, Registry } from './registry.ts';
import type { ActionRow } from './row.ts';

type ListedService = GatewayServices['services'][number];
type ListedAction = ListedService['actions'][number];

/** What to say about a service whose key is not set. */
export const missingKeyText = (service: ConfiguredService, missing: readonly string[]): string => {
  const what = missing.length === 1 ? 'the entry' : 'the entries';
  return `${service.title} needs a key: set ${what} ${missing.join(' and ')} of the Secret with the service keys.`;
};

const listAction = (service: string, action: string, row: ActionRow): ListedAction => ({
  action,
  description: row.description,
  example: { service, action, ...row.example },
  parameters: Object.entries(row.parameters).map(([name, parameter]) => ({
    name,
    type: parameter.type,
    required: parameter.required,
    ...(parameter.description === undefined ? {} : { description: parameter.description }),
    ...(parameter.default === undefined ? {} : { default: parameter.default }),
    ...(parameter.enum === undefined ? {} : { enum: parameter.enum }),
  })),
  freshSeconds: row.ttlSeconds,
});

const listRow = (service: ConfiguredService, credentials: Credentials): ListedService => {
  const missing = credentials.missing(service);
  const { name, title, paid, documentation } = service;
  return {
    service: name,
    title,
    available: missing.length === 0,
    detail: missing.length === 0 ? '' : missingKeyText(service, missing),
    paid,
    ...(documentation === undefined ? {} : { documentation }),
    actions: [...service.actions].map(([action, row]) => listAction(name, action, row)),
  };
};

const listComputed = ({ name, title, documentation, actions }: ComputedService): ListedService => ({
  service: name,
  title,
  available: true,
  detail: '',
  paid: false,
  documentation,
  actions: [...actions].map(([action, { description, example, parameters }]) => ({
    action,
    description,
    example: { service: name, action, ...example },
    parameters,
    freshSeconds: 0,
  })),
});

/** All services. */
export const listServices = (
  registry: Registry,
  computed: readonly ComputedService[],
  credentials: Credentials,
): GatewayServices => ({
  services: [
    ...[...registry.values()].map((service) => listRow(service, credentials)),
    ...computed.map(listComputed),
  ],
});
