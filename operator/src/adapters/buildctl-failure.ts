// What a failed buildctl means, told from its log: is BuildKit away, the registry, or did the build itself fail? The
// first two heal by themselves and say nothing about the app's source.
import type { BuildFailureReason } from '../ports.ts';

interface Rule {
  readonly reason: BuildFailureReason;
  readonly pattern: RegExp;
  readonly message: string;
}

// Order matters: a push that is refused also says "connection refused".
const RULES: readonly Rule[] = [
  {
    reason: 'RegistryUnavailable',
    pattern:
      /failed to push|failed to do request|failed to resolve source metadata|unexpected status from (PUT|POST|HEAD|GET) request|failed to (copy|authorize|fetch)/i,
    message: 'the registry does not take or give images',
  },
  {
    reason: 'BuildUnavailable',
    pattern:
      /connection refused|code = Unavailable|no such host|failed to (dial|get status|list workers)|transport is closing|connection reset|i\/o timeout|error reading from server|x509|tls:|no space left|context deadline exceeded/i,
    message: 'BuildKit cannot be used',
  },
];

const ERROR_LINE = /^(error|ERROR):?\s*(.*)$/;

/** The line of the log that says what went wrong. */
export const errorLine = (log: string): string => {
  const lines = log.trim().split('\n');
  const found = lines.findLast((line) => ERROR_LINE.test(line)) ?? lines.at(-1) ?? '';
  return found.replace(ERROR_LINE, '$2').trim().slice(0, 500);
};

/** Why buildctl failed, with a sentence for people. */
export const classifyFailure = (log: string): { reason: BuildFailureReason; message: string } => {
  const line = errorLine(log);
  const rule =
    RULES.find(({ pattern }) => pattern.test(line)) ?? RULES.find(({ pattern }) => pattern.test(log));
  if (rule) return { reason: rule.reason, message: `${rule.message}: ${line}` };
  return { reason: 'BuildFailed', message: `The build failed: ${line || 'it gave no reason'}` };
};
