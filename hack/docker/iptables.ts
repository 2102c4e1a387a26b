// Takes away the firewall rules that an engine of ours has left: Docker removes none of them when it stops. Pure: it
// reads what `iptables-save` prints and gives the commands. Only rules that name Docker's chains, or the bridges that
// the engine made, are ever touched.
const dockerChain = /^DOCKER(-|$)/;

type Parsed = { readonly table: string; readonly chains: string[]; readonly rules: string[] };

function parseSave(save: string): Parsed[] {
  const tables: { table: string; chains: string[]; rules: string[] }[] = [];
  for (const line of save.split('\n')) {
    const last = tables.at(-1);
    if (line.startsWith('*')) tables.push({ table: line.slice(1).trim(), chains: [], rules: [] });
    else if (line.startsWith(':') && last) last.chains.push(line.slice(1).split(' ')[0] ?? '');
    else if (line.startsWith('-A ') && last) last.rules.push(line);
  }
  return tables;
}

/** What an engine put into the firewall: its bridges by interface name, and their subnets. */
export type EngineTraces = { readonly bridges: readonly string[]; readonly subnets: readonly string[] };

function isOurs(rule: string, traces: EngineTraces): boolean {
  const words = rule.split(' ');
  const chain = words[1] ?? '';
  if (dockerChain.test(chain)) return false; // goes with its chain
  const target = words[words.indexOf('-j') + 1] ?? '';
  if (words.includes('-j') && dockerChain.test(target)) return true;
  return words.some((word) => traces.bridges.includes(word) || traces.subnets.includes(word));
}

/** Argument lists for `iptables`, in order: rules that lead to Docker's chains, then the chains themselves. */
export function removalOf(save: string, traces: EngineTraces): string[][] {
  return parseSave(save).flatMap(({ table, chains, rules }) => {
    const own = chains.filter((chain) => dockerChain.test(chain));
    return [
      ...rules.filter((rule) => isOurs(rule, traces)).map((rule) => ['-t', table, '-D', ...splitRule(rule)]),
      ...own.map((chain) => ['-t', table, '-F', chain]),
      ...own.map((chain) => ['-t', table, '-X', chain]),
    ];
  });
}

/** The words of a rule after `-A`, with quoted comments kept whole. */
function splitRule(rule: string): string[] {
  const words = rule.slice('-A '.length).match(/"[^"]*"|\S+/g) ?? [];
  return words.map((word) => word.replace(/^"|"$/g, ''));
}

/** The policy of the FORWARD chain in a save, `ACCEPT` when it is not there. */
export function forwardPolicy(save: string): string {
  return /^:FORWARD (\w+)/m.exec(save.slice(Math.max(0, save.indexOf('*filter'))))?.[1] ?? 'ACCEPT';
}
