// The task after this one. It has the very key that the reconciler would give it, so that the reconciler finds it running
// and does not start it again.
import { taskKey } from '../faibricapp/task-key.ts';
import type { TaskKind, TaskRequest } from './task.ts';

/** The next step's task on the same revision, as the reconciler would ask for it. */
export const followUp = (request: TaskRequest, kind: TaskKind, input: string): TaskRequest => ({
  ...request,
  kind,
  key: taskKey({ ...request, kind }, input, 0),
});
