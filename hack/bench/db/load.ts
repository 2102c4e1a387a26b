// The load of the database bench: ids and categories change with each request.
import { type LoadResult, type LoadShape, luaTable, luaText, runWrk } from '../wrk.ts';
import { CATEGORIES, type Contestant, type Workload } from './contestant.ts';

export type { LoadResult } from '../wrk.ts';

const script = ({ headers, ids, requests }: Contestant, workload: Workload): string => {
  const { method, path, body = '' } = requests[workload];
  const all = { ...headers, ...(body === '' ? {} : { 'content-type': 'application/json' }) };
  return `
local ids = { ${ids.slice(0, 2_000).map(luaText).join(', ')} }
local headers = ${luaTable(all)}
local n = 0
local function fill(text)
  return (text:gsub("{id}", ids[n % #ids + 1]):gsub("{category}", tostring(n % ${CATEGORIES})):gsub("{n}", tostring(n)))
end
request = function()
  n = n + 1
  return wrk.format(${luaText(method)}, fill(${luaText(path)}), headers, fill(${luaText(body)}))
end
`;
};

/** Runs a workload for so many seconds at so many connections. */
export const runLoad = (contestant: Contestant, workload: Workload, shape: LoadShape): Promise<LoadResult> =>
  runWrk(contestant.port, script(contestant, workload), shape);
