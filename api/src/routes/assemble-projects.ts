// Puts the projects API together from its ports. The process (main.ts) hands in the cluster, tests one in memory; both
// get the same parts in the same order.
import type { ReadExportKit } from '../export/export-kit.ts';
import type { EventStreams } from '../http/event-stream.ts';
import type { PodLogs } from '../projects/pod-logs.ts';
import { makeProjectActions } from '../projects/project-actions.ts';
import { makeProjects, type ProjectParts } from '../projects/projects.ts';
import { makeQuotas, type Quotas } from '../projects/quotas.ts';
import type { RevisionSource } from '../projects/revision-source.ts';
import type { Prices } from '../projects/usage.ts';
import type { WorkSource } from '../projects/work-source.ts';
import type { ProjectRoutes } from './projects.ts';

/** What the projects API is made of. */
export interface ProjectsApiParts extends Omit<ProjectParts, 'quotas'> {
  readonly revisions: RevisionSource;
  readonly work: WorkSource;
  readonly streams: EventStreams;
  readonly prices: Prices | null;
  readonly readExportKit: ReadExportKit;
  readonly podLogs: PodLogs;
  readonly now: () => number;
}

/** Makes what the routes need. */
export const assembleProjects = (parts: ProjectsApiParts): ProjectRoutes =>
  assemble(parts, makeQuotas(parts));

const assemble = (parts: ProjectsApiParts, quotas: Quotas): ProjectRoutes => ({
  projects: makeProjects({ ...parts, quotas }),
  quotas,
  actions: makeProjectActions(parts),
  revisions: parts.revisions,
  streams: parts.streams,
  work: parts.work,
  prices: parts.prices,
  readExportKit: parts.readExportKit,
  podLogs: parts.podLogs,
});
