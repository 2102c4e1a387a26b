// Operations of the Gateway: live data by the name of a service.
import { gatewayAnswerSchema, gatewayRequestSchema, gatewayServicesSchema } from '../gateway.ts';
import type { Operation } from '../operation.ts';

/** List the services, ask one. */
export const GATEWAY_OPERATIONS = [
  {
    id: 'listServices',
    method: 'GET',
    path: '/api/gateway/',
    tag: 'gateway',
    summary: 'The services that can be asked, with their actions',
    callers: ['app', 'account'],
    answers: { 200: { description: 'The services.', schema: gatewayServicesSchema } },
    problems: [],
  },
  {
    id: 'askService',
    method: 'POST',
    path: '/api/gateway/',
    tag: 'gateway',
    summary: 'Ask a service',
    description:
      "Parameters of the action stand beside `service` and `action`; `GET` lists them. On the platform's host it is for trying a service out.",
    callers: ['app', 'account'],
    body: gatewayRequestSchema,
    answers: { 200: { description: 'What the service says, normalised.', schema: gatewayAnswerSchema } },
    problems: [
      'invalid_request',
      'unknown_service',
      'forbidden',
      'upstream_not_found',
      'rate_limited',
      'upstream_unreachable',
      'upstream_forbidden',
      'upstream_redirected',
      'upstream_too_large',
      'upstream_invalid',
      'upstream_refused',
      'service_not_configured',
      'upstream_rate_limited',
      'upstream_timeout',
    ],
  },
] as const satisfies readonly Operation[];
