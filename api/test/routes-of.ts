// The routes of a real Express app, read from its router's stack: what the API serves, whatever anybody wrote down.
// Routers are mounted without a path here (each route names its whole address), and the walk fails on one that is not.
import type { Express } from 'express';
import { z } from 'zod';

const layerShape = z.object({
  rawPath: z.unknown(),
  handle: z.unknown(),
  route: z
    .object({ path: z.string(), stack: z.array(z.object({ method: z.string().optional() })) })
    .optional(),
});
type Layer = z.infer<typeof layerShape>;

/** The layers of a router, which is a function that carries them; none for a handler that is no router. */
const layersOf = (handle: unknown): Layer[] =>
  typeof handle === 'function' && 'stack' in handle ? z.array(layerShape).parse(handle.stack) : [];

/** HEAD and the handler of every other method (405) are no routes of their own. */
const methodsOf = ({ route }: Layer): string[] =>
  (route?.stack ?? []).flatMap(({ method }) =>
    method === undefined || method === 'head' ? [] : [`${method.toUpperCase()} ${route?.path}`],
  );

const routesIn = (layers: readonly Layer[]): string[] =>
  layers.flatMap((layer) => {
    if (layer.route !== undefined) return methodsOf(layer);
    const inner = layersOf(layer.handle);
    if (inner.length > 0 && layer.rawPath !== '/')
      throw new Error(`a router is mounted at ${layer.rawPath}; give its routes whole paths`);
    return routesIn(inner);
  });

/** All routes of the app as `METHOD path`, sorted. */
export const routesOf = (app: Express): string[] => [...new Set(routesIn(layersOf(app.router)))].sort();
