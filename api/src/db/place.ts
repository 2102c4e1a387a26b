// Where documents are: a collection of an app. The app is the one that the request was routed for, never one that a client
// merely names.

/** A collection of an app. */
export interface Place {
  readonly appId: string;
  readonly collection: string;
}
