// expect: render/render_error src/App.tsx:6
import { SignedIn, useCollection, useUser } from '@faibric/app';
function Board() {
  const { user } = useUser();
  const topics = useCollection<{ title: string }>('topics');
  return <p>{user!.name!.toUpperCase()}: {topics.items.length}</p>;
}
export default function App() {
  return <SignedIn><Board /></SignedIn>;
}
