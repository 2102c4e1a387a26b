import { useSyncExternalStore } from 'react';
let value = 0;
const listeners = new Set<() => void>();
const store = { get: () => value, subscribe: (l: () => void) => { listeners.add(l); return () => listeners.delete(l) as unknown as void; }, set: (n: number) => { value = n; listeners.forEach((l) => l()); } };
export default function App() {
  const n = useSyncExternalStore(store.subscribe, store.get);
  return <button onClick={() => store.set(n + 1)}>{n}</button>;
}
