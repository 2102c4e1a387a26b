// What a documented exchange with a service is: fixtures are written by hand in the documented shape, cut short.

/** One documented exchange. */
export interface DocumentedExchange {
  readonly service: string;
  readonly action: string;
  readonly params: object;
  readonly url: string;
  readonly body: unknown;
  readonly data: unknown;
}

/** Makes one. */
export const exchange = (
  service: string,
  action: string,
  given: Omit<DocumentedExchange, 'service' | 'action'>,
): DocumentedExchange => ({ service, action, ...given });
