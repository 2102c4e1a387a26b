// expect: render/render_error src/App.tsx:5
import { useCollection } from '@faibric/app';
export default function App() {
  const { items } = useCollection<{ tags: string[] }>('posts');
  return <ul>{items.map((p) => <li key={p.id}>{p.tags.join(', ')}</li>)}<li>end</li></ul>;
}
