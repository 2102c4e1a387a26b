// expect: types/rules_of_hooks src/App.tsx:6
import { useCollection } from '@faibric/app';
import { useMemo } from 'react';
export default function App() {
  const { items, loading } = useCollection('a');
  if (loading) return <p>wait</p>; const count = useMemo(() => items.length, [items]);
  return <p>{count}</p>;
}
