// Kubernetes' MicroTime, as Leases and Events want it: six digits of seconds. A Date's own three digits are
// refused with a 400, which for a lease means that no leader is ever elected while all pods look healthy.

/** The instant as a MicroTime; wall clocks have milliseconds, so the last three digits are zero. */
export function microTime(date: Date): string {
  return date.toISOString().replace('Z', '000Z');
}
