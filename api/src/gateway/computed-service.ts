// A service that asks no upstream of its own but puts together what other services answer. Code, so there are few; all
// that can be a row is one.
import type { GatewayServices } from '../contract/gateway.ts';

/** Asks another service and gives its `data`. */
export type AskService = (service: string, action: string, params: object) => Promise<unknown>;

/** One action of a computed service. */
export interface ComputedAction {
  readonly description: string;
  readonly example: Readonly<Record<string, unknown>>;
  readonly parameters: GatewayServices['services'][number]['actions'][number]['parameters'];
  /** Checks the parameters (a ZodError tells what is wrong) and gives how to answer. */
  readonly prepare: (params: object, now: number) => (ask: AskService) => Promise<unknown>;
}

/** A computed service. */
export interface ComputedService {
  readonly name: string;
  readonly title: string;
  readonly documentation: string;
  readonly defaultAction: string;
  readonly actions: ReadonlyMap<string, ComputedAction>;
}
