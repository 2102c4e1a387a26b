type Pair<A, B> = { a: A; b: B };
type Deep = Map<string, Array<Pair<number, Set<Array<string>>>>>;
const first = <T,>(list: readonly T[]): T | undefined => list[0];
function id<T extends Record<string, Array<Pair<number, string>>>>(value: T): T { return value; }
const deep: Deep = new Map();
const bits = (1 << 4) >> 2 >>> 1;
export default function App() {
  return <p>{first([bits]) ?? 0} {deep.size} {Object.keys(id({})).length} {1 < 2 ? 'a' : 'b'}</p>;
}
