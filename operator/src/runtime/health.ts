// Liveness and readiness as lists of named checks. They answer different questions: a failing live check
// restarts the process, so only what a restart can mend belongs there; readiness may fail for any reason.

/** Says what is wrong, or nothing. */
export type HealthCheck = () => string | undefined;

/** One verdict: every check by name with what it found. */
export interface HealthReport {
  ok: boolean;
  checks: Array<{ name: string; problem?: string }>;
}

/** The two lists. */
export interface Health {
  live(name: string, check: HealthCheck): void;
  ready(name: string, check: HealthCheck): void;
  report(kind: 'live' | 'ready'): HealthReport;
}

/** Makes empty lists; with no checks both are fine. */
export function createHealth(): Health {
  const checks = { live: new Map<string, HealthCheck>(), ready: new Map<string, HealthCheck>() };
  return {
    live: (name, check) => checks.live.set(name, check),
    ready: (name, check) => checks.ready.set(name, check),
    report: (kind) => {
      const found = [...checks[kind]].map(([name, check]) => {
        const problem = run(check);
        return problem === undefined ? { name } : { name, problem };
      });
      return { ok: found.every(({ problem }) => problem === undefined), checks: found };
    },
  };
}

function run(check: HealthCheck): string | undefined {
  try {
    return check();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
