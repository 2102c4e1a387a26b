// What the tests use of oidc-provider, which ships no types.
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http';

  /** The provider. */
  export class Provider {
    constructor(issuer: string, configuration: object);
    callback(): RequestListener;
  }
  export default Provider;
}
