import { useCollection, EmptyState, Loading, ErrorState } from '@faibric/app';
export default function App() {
  const { items, loading, error, add, remove, refresh } = useCollection<{ text: string }>('notes', { orderBy: '-createdAt', limit: 10 });
  if (loading) return <Loading />;
  if (error) return <ErrorState error={error} onRetry={refresh} />;
  if (items.length === 0) return <EmptyState title="No notes" />;
  return <ul>{items.map((n) => <li key={n.id}>{n.text} <button onClick={() => remove(n.id)}>x</button></li>)}<button onClick={() => add({ text: 'new' })}>+</button></ul>;
}
