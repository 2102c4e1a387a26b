// What names a task. Pure, because both the reconciler, which asks for tasks, and a task that starts the next one must
// arrive at the same name, or the work would be done twice.
import type { TaskRequest } from '../tasks/task.ts';

/** What names a piece of work: the revision's input and how often the step has failed before. */
export const taskKey = (
  of: Pick<TaskRequest, 'appUid' | 'revision' | 'kind'>,
  input: string,
  failures: number,
): string => `${of.appUid}/r${of.revision}/${of.kind}/${input}/${failures}`;
