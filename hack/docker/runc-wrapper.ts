// A container runtime of a few lines around runc, for machines whose root lacks CAP_SYS_RESOURCE (some sandboxes and
// CI runners): there `--privileged` fails with "unable to apply caps". It drops that one capability from what runc is
// asked for. It is a shell script and not Node because it also runs for every health probe.
import { readFileSync } from 'node:fs';

const sysResourceBit = 24n;

/** The script. `create`/`run` name a bundle with config.json; `exec` names a process file. */
export const runcWrapper = `#!/bin/sh
# Drops CAP_SYS_RESOURCE from what runc is asked to grant, then runs runc. Written by Faibric's "up".
file=
previous=
for argument in "$@"; do
  case "$previous" in
    --bundle|-b) file="$argument/config.json" ;;
    --process|-p) file="$argument" ;;
  esac
  case "$argument" in
    --bundle=*) file="\${argument#--bundle=}/config.json" ;;
    --process=*) file="\${argument#--process=}" ;;
  esac
  previous="$argument"
done
if [ -n "$file" ] && [ -f "$file" ]; then
  sed -i -e 's/,"CAP_SYS_RESOURCE"//g' -e 's/"CAP_SYS_RESOURCE",//g' -e 's/"CAP_SYS_RESOURCE"//g' "$file"
fi
exec runc "$@"
`;

/** Whether an effective capability mask (hexadecimal, as in /proc/self/status) lacks CAP_SYS_RESOURCE. */
export function lacksSysResource(capEff: string): boolean {
  return (BigInt(`0x${capEff}`) & (1n << sysResourceBit)) === 0n;
}

/** Whether this process lacks it. */
export function thisMachineLacksSysResource(): boolean {
  const status = readFileSync('/proc/self/status', 'utf8');
  const mask = /^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1];
  return mask !== undefined && lacksSysResource(mask);
}
