// The live list of apps. One request fills it, then the event stream keeps it right; its snapshot on every
// connection mends whatever was missed. While the stream has never opened, the request alone serves the page.
import type { Project } from '@faibric/api/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { type AppView, viewOf } from '../../lib/app-view.ts';
import { openEventStream, type StreamState } from '../../lib/event-stream.ts';
import {
  deleteProject,
  EVENT_NAMES,
  EVENTS_URL,
  listProjects,
  PROJECTS_KEY,
  type ProjectsAction,
  parseProjectEvent,
  reduceProjects,
} from '../../lib/projects.ts';

/** What a page needs to show the list. */
export interface LiveApps {
  apps: readonly AppView[] | undefined;
  error: string | undefined;
  stream: StreamState;
  retry: () => void;
}

/** Puts an action into the cached list; the one way in for stream and own calls alike. */
export function useProjectsDispatch(): (action: ProjectsAction) => void {
  const client = useQueryClient();
  return useMemo(
    () => (action) => {
      client.setQueryData<Project[]>(PROJECTS_KEY, (list) => reduceProjects(list ?? [], action));
    },
    [client],
  );
}

/** The list, live. */
export function useApps(): LiveApps {
  const client = useQueryClient();
  const dispatch = useProjectsDispatch();
  const [stream, setStream] = useState<StreamState>('connecting');
  const query = useQuery({ queryKey: PROJECTS_KEY, queryFn: listProjects });

  useEffect(
    () =>
      openEventStream({
        url: EVENTS_URL,
        events: EVENT_NAMES,
        onState: setStream,
        onEvent: (type, data) => {
          const action = parseProjectEvent(type, data);
          if (action?.type === 'snapshot') void client.cancelQueries({ queryKey: PROJECTS_KEY });
          if (action) dispatch(action);
        },
      }),
    [client, dispatch],
  );

  const apps = useMemo(() => query.data?.map(viewOf), [query.data]);
  return { apps, error: query.error?.message, stream, retry: () => void query.refetch() };
}

/** Deleting one app: its card is marked at once and goes when the cluster has let go of it. */
export function useDeleteApp(onDone: () => void) {
  const dispatch = useProjectsDispatch();
  return useMutation({
    mutationFn: (id: string) => deleteProject(id),
    onSuccess: (_nothing, id) => {
      dispatch({ type: 'deleting', id });
      onDone();
    },
  });
}
