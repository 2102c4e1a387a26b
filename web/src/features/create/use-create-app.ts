// Sends a prompt. The new app is put into the list at once from the answer, not when the stream tells of it,
// so that the click has a visible effect even while the stream is down.
import type { Project } from '@faibric/api/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createProject, PROJECTS_KEY, reduceProjects } from '../../lib/projects.ts';

/** The mutation behind the prompt box. */
export function useCreateApp() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: createProject,
    onSuccess: (project) => {
      client.setQueryData<Project[]>(PROJECTS_KEY, (list) => {
        // The stream may have been faster, and what it told is newer than our answer.
        if (list?.some((one) => one.id === project.id)) return list;
        return reduceProjects(list ?? [], { type: 'project', project });
      });
    },
  });
}
