class Counter { static #made = 0; static { Counter.#made = 1; } accessor = 0; static count = () => Counter.#made; }
const { a = 1, ...rest }: { a?: number; b?: number; c?: number } = { b: 2, c: 3 };
let x: { y?: { z?: number } } | null = null;
let name: string | undefined;
name ??= 'set'; name ||= 'no'; name &&= `${name}!`;
const list = [3, 1, 2].toSorted().at(-1);
const grouped = Object.groupBy([1, 2, 3], (n) => (n % 2 ? 'odd' : 'even'));
export default function App() {
  try { JSON.parse('{'); } catch { x = { y: { z: 1 } }; }
  return <p>{a} {Object.keys(rest).length} {x?.y?.z ?? 0} {name} {list} {grouped.odd?.length} {Counter.count()} {1_000} {0b11} {0xff} {.5e2}</p>;
}
