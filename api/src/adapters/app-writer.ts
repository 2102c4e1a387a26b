// The API's writes to the cluster: FaibricApps and nothing else, under field manager `faibric-api`. What the API
// server refuses comes back in its own words, which say what to write instead (CEL messages of the CRD).
import { API_VERSION, type FaibricApp, FIELD_MANAGERS } from '@faibric/crds';
import { ApiError, unavailable } from '../errors.ts';
import type { AppWriter } from '../projects/app-cluster.ts';
import { type KubeAnswer, type KubeClient, type KubeRequest, messageOf } from './kube-client.ts';
import { appsPath, parseApp } from './project-cache.ts';

const MERGE_PATCH = 'application/merge-patch+json';
const manager = { fieldManager: FIELD_MANAGERS.api };

/** The sentence for a person in an API server's refusal, without the object's name and path before it. */
export const refusalText = (message: string): string => {
  const start = message.indexOf('is invalid: ');
  return start < 0 ? message : message.slice(start + 'is invalid: '.length);
};

/** What an answer that is not a success means. What the API server says of rights is logged and not sent. */
const refusal = (answer: KubeAnswer): ApiError => {
  const message = messageOf(answer);
  if (answer.status === 400 || answer.status === 422) return new ApiError('rejected', refusalText(message));
  if (answer.status === 403 && message.includes('exceeded quota'))
    return new ApiError('quota_exceeded', message);
  const cause = Object.assign(new Error(message), { code: `kubernetes_${answer.status}: ${message}` });
  if (answer.status === 403) {
    const detail = 'The cluster does not allow this at the moment; the log of the API says why.';
    return new ApiError('unavailable', detail, { retryAfter: 5, cause });
  }
  return unavailable('The Kubernetes API server', cause);
};

const expectApp = (answer: KubeAnswer): FaibricApp => {
  if (answer.status >= 300) throw refusal(answer);
  const app = parseApp(answer.body);
  if (app === null)
    throw unavailable('The Kubernetes API server', new Error('it answered with something else'));
  return app;
};

/** Makes the writer. */
export const makeAppWriter = (client: KubeClient, namespace: string): AppWriter => {
  const path = appsPath(namespace);
  const send = async (request: KubeRequest): Promise<KubeAnswer> => {
    try {
      return await client.send(request);
    } catch (error) {
      throw unavailable('The Kubernetes API server', error);
    }
  };
  return {
    create: async ({ name, spec }) => {
      const body = { apiVersion: API_VERSION, kind: 'FaibricApp', metadata: { name, namespace }, spec };
      const answer = await send({
        method: 'POST',
        path,
        query: { ...manager, fieldValidation: 'Strict' },
        body,
      });
      return answer.status === 409 ? null : expectApp(answer);
    },
    patch: async (app, { spec, annotations }) => {
      const { name, resourceVersion } = app.metadata;
      // The version in the patch makes the API server refuse it when somebody else was faster.
      const metadata = { resourceVersion, ...(annotations && { annotations }) };
      const answer = await send({
        method: 'PATCH',
        path: `${path}/${name}`,
        query: manager,
        body: { metadata, ...(spec && { spec }) },
        contentType: MERGE_PATCH,
      });
      return answer.status === 404 || answer.status === 409 ? null : expectApp(answer);
    },
    read: async (name) => {
      const answer = await send({ method: 'GET', path: `${path}/${name}` });
      return answer.status === 404 ? null : expectApp(answer);
    },
    remove: async (app) => {
      const { name, uid } = app.metadata;
      const body = {
        kind: 'DeleteOptions',
        apiVersion: 'v1',
        preconditions: { uid },
        propagationPolicy: 'Background',
      };
      const answer = await send({ method: 'DELETE', path: `${path}/${name}`, body });
      // 409: another object has the name by now; ours is gone.
      if (answer.status === 404 || answer.status === 409) return false;
      if (answer.status >= 300) throw refusal(answer);
      return true;
    },
  };
};
