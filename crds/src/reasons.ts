// The closed list of condition reasons. A reason is API: scripts and alerts match on it, so one is added
// freely but never renamed. The text beside each says what it means and what a person can do.

/** Every reason a condition of Faibric may carry, with its meaning and remedy. */
export const REASONS = {
  Succeeded: 'The step is done.',
  Pending: 'The step waits for the one before it.',
  InProgress: 'The step is being worked on; the message says what is done and since when.',
  Ready: 'The app serves its newest accepted revision at its address.',
  Updating: 'The app serves; a newer revision is being worked on.',
  RollingOut: 'New pods are starting; the revision before them still serves.',
  RolledBack: 'The newest revision did not become ready; the one before it serves. The message says why.',
  Pinned: 'spec.revision holds the app at a chosen revision.',
  Suspended: 'spec.suspend is true; no pods run. Set it to false to start again.',
  Paused: 'The annotation faibric.dev/paused is set; nothing is changed until it is removed.',
  Complete: 'Everything that was asked for is done.',
  LeftOut: 'Part of what was asked is not in the app; the message names it.',
  IdTaken: 'Another app has this id or host. Choose another id, or delete the other app.',
  HostNotAllowed: 'The custom host is reserved or taken. Choose another host.',
  RevisionNotFound: 'spec.revision names a revision that does not exist, or was never accepted.',
  PromptUnsupported: 'The prompt gives nothing to build. Say what the app is.',
  ModelNotConfigured: 'The engine needs a model, and none is set. Set OPENAI_API_KEY, or use engine builtin.',
  LLMUnavailable: 'The model does not answer. It is tried again with growing pauses.',
  LLMRateLimited: 'The model refuses more calls for now. It is tried again when it allows.',
  LLMTimeout: 'The model did not answer in time. It is tried again.',
  LLMUnauthorized: 'The model refuses the key. Set a valid OPENAI_API_KEY, then ask for a retry.',
  LLMRefused: 'The model declined the request. Change the prompt.',
  LLMTruncated: 'The answer ended before it was complete. Ask for less, or raise the budget.',
  LLMInvalid: 'The answer could not be used. Retry, or use another model.',
  BudgetExceeded: 'The next call could pass spec.budget.tokens. Raise it to go on.',
  ValidationFailed: 'The source does not pass the checks; the message names file and line.',
  RepairExhausted: 'The repairs that the budget allows did not mend it, or made the same error twice.',
  BuildUnavailable: 'BuildKit cannot be reached. Running apps are not affected; it is tried again.',
  BuildFailed: 'The build ended with an error; the message has its first line.',
  BuildTimeout: 'The build passed its deadline and was stopped. It is tried again.',
  RegistryUnavailable:
    'The registry does not take the image. Running apps are not affected; it is tried again.',
  DeployFailed: 'The cluster refuses an object of the app; the message says which and why.',
  PodsNotReady: 'The pods do not become ready; the message has their own reason.',
  QuotaExceeded: 'The namespace has no room for the pods. Free room, or raise its quota.',
  RouteNotServing: 'The pods are ready, but the address does not answer through Traefik yet.',
  Interrupted: 'The operator stopped while the step ran; it goes on from what was recorded.',
  Superseded: 'A newer change replaced this revision before it was done.',
  Cancelled: 'The work was cancelled on request. A retry goes on with it.',
  UnexpectedError: 'Something went wrong that Faibric did not foresee; it is tried again.',
} as const;

/** A reason from the closed list. */
export type Reason = keyof typeof REASONS;
