// Turns an API server's refusal, or the absence of an answer, into a KubeError. The Status reason decides,
// the code only where there is none: 409 and 410 mean different things under different reasons.
import { z } from 'zod';
import { KubeError, type KubeFailure } from '../../runtime/kube-error.ts';

const statusSchema = z.looseObject({
  reason: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  code: z.number().optional().catch(undefined),
  details: z.looseObject({ retryAfterSeconds: z.number().optional() }).optional().catch(undefined),
});

/** A parsed `Status` object, as an error answer or an error event of a watch carries it. */
export type Status = z.infer<typeof statusSchema>;

/** Reads a Status; text that is none (a proxy's page) becomes the message, cut short. */
export function parseStatus(text: string): Status {
  try {
    return statusSchema.parse(JSON.parse(text));
  } catch {
    return { message: text.slice(0, 200) };
  }
}

/** Reads a Status from a watch's error event. */
export function statusOf(object: unknown): Status {
  const parsed = statusSchema.safeParse(object);
  return parsed.success ? parsed.data : {};
}

const byReason: Record<string, KubeFailure['kind']> = {
  NotFound: 'notFound',
  Conflict: 'conflict',
  AlreadyExists: 'alreadyExists',
  Gone: 'gone',
  Expired: 'gone',
  Forbidden: 'forbidden',
  Unauthorized: 'forbidden',
  Invalid: 'invalid',
  BadRequest: 'invalid',
  TooManyRequests: 'throttled',
};

const byCode: Record<number, KubeFailure['kind']> = {
  400: 'invalid',
  401: 'forbidden',
  403: 'forbidden',
  404: 'notFound',
  409: 'conflict',
  410: 'gone',
  413: 'invalid',
  415: 'invalid',
  422: 'invalid',
  429: 'throttled',
};

/** The failure that an answer with this code, Status and Retry-After header stands for. */
export function failureOf(code: number, status: Status, retryAfter?: string): KubeFailure {
  const kind = byReason[status.reason ?? ''] ?? byCode[code] ?? 'unavailable';
  const seconds = status.details?.retryAfterSeconds ?? Number(retryAfter);
  const asked = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
  if (kind === 'throttled') return { kind, retryAfterMs: asked ?? 1000 };
  if (kind === 'unavailable') return asked === undefined ? { kind } : { kind, retryAfterMs: asked };
  return { kind };
}

/** A KubeError for a refused request; `what` says which ("GET /api/v1/…"). */
export function refused(
  what: string,
  answer: { code: number; text: string; retryAfter?: string },
): KubeError {
  const status = parseStatus(answer.text);
  const message = `${what}: ${answer.code} ${status.message ?? status.reason ?? ''}`.trimEnd();
  return new KubeError(failureOf(answer.code, status, answer.retryAfter), message, { status: answer.code });
}

/** A KubeError for a request without an answer. `aborted` = by the caller; our own deadline is `unavailable`. */
export function unanswered(what: string, cause: unknown, callerAborted: boolean): KubeError {
  if (cause instanceof KubeError) return cause;
  const failure: KubeFailure = callerAborted ? { kind: 'aborted' } : { kind: 'unavailable' };
  return new KubeError(failure, `${what}: ${reasonText(cause)}`, { cause });
}

function reasonText(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = 'code' in cause && typeof cause.code === 'string' ? `${cause.code} ` : '';
  return `${code}${cause.message}`;
}
