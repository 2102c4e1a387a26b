import { useEffect, useState } from 'react';
interface Doc { id: string; data: { title?: string } }
const app = document.querySelector('meta[name="faibric-app"]')?.getAttribute('content') ?? '';
export default function App() {
  const [docs, setDocs] = useState<Doc[]>([]);
  const [failed, setFailed] = useState<string | null>(null);
  const load = async () => {
    try {
      const res = await fetch(`/api/v1/db/${app}/posts/?limit=20`);
      if (!res.ok) throw new Error(`HTTP ${res.status}`);
      setDocs((await res.json()).items);
    } catch (e) {
      setFailed(e instanceof Error ? e.message : 'failed');
    }
  };
  useEffect(() => { void load(); }, []);
  if (failed) return <p role="alert">{failed}</p>;
  return <ul aria-label="posts">{docs.map((d) => <li key={d.id}>{d.data.title ?? 'Untitled'}</li>)}<li>end</li></ul>;
}
