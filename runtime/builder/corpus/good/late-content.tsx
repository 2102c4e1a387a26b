import { useEffect, useState } from 'react';
export default function App() {
  const [shown, setShown] = useState<string[]>([]);
  useEffect(() => {
    const timer = setTimeout(() => setShown(['late']), 150);
    return () => clearTimeout(timer);
  }, []);
  return <>{shown.map((s) => <p key={s}>{s}</p>)}</>;
}
