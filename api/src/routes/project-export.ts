// Route of the export: one zip, made in memory. Its size is bounded by the revision's (512 KiB of source) and the kit's.
import { type Request, type Response, Router } from 'express';
import { strToU8, zipSync } from 'fflate';
import { exportQuerySchema } from '../contract/project-requests.ts';
import { ApiError } from '../errors.ts';
import type { ReadExportKit } from '../export/export-kit.ts';
import { makeExport } from '../export/make-project.ts';
import { accountOf } from '../http/account.ts';
import { readQuery } from '../http/read-query.ts';
import { allowOnly } from '../http/send.ts';
import type { Projects } from '../projects/projects.ts';
import type { RevisionSource } from '../projects/revision-source.ts';
import { idOf } from './project-request.ts';

/** What the route needs. */
export interface ExportRoutes {
  readonly projects: Projects;
  readonly revisions: RevisionSource;
  readonly readExportKit: ReadExportKit;
}

// Zip knows no time before 1980; a fixed one makes the same export the same bytes.
const TIME = new Date('2020-01-01T00:00:00Z');

const exportRoute = (deps: ExportRoutes) => async (req: Request, res: Response) => {
  const id = idOf(req);
  const { revision: asked } = readQuery(req.url, exportQuerySchema);
  const { app, project } = deps.projects.get(accountOf(res), id);
  const number = asked ?? project.revision ?? project.latestRevision;
  const problem = deps.revisions.problem();
  if (problem !== null) throw new ApiError('unavailable', problem, { retryAfter: 2 });
  const revision = number === null ? null : await deps.revisions.read(app, number);
  if (!revision?.spec.files) {
    throw new ApiError('not_found', 'The app has no such revision with source to export.');
  }
  const kit = await deps.readExportKit();
  if (kit === null) {
    throw new ApiError('service_not_configured', 'This installation has no export kit (FAIBRIC_EXPORT_KIT).');
  }
  const files = makeExport({ app, project, revision, kit });
  const entries = Object.entries(files).map(([path, text]) => [path, strToU8(text)] as const);
  const zip = zipSync(Object.fromEntries(entries), { level: 6, mtime: TIME });
  res.statusCode = 200;
  res.setHeader('Content-Type', 'application/zip');
  res.setHeader('Content-Disposition', `attachment; filename="${project.name}-r${revision.spec.number}.zip"`);
  res.setHeader('Content-Length', zip.byteLength);
  res.end(req.method === 'HEAD' ? undefined : Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength));
};

/** Makes the router of `/api/projects/{id}/export/`. */
export const exportRouter = (deps: ExportRoutes): Router => {
  const router = Router({ caseSensitive: true });
  router.route('/api/projects/:id/export/').get(exportRoute(deps)).all(allowOnly('GET', 'HEAD'));
  return router;
};
