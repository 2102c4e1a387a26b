import { useEffect, useState } from 'react';
export default function App() {
  const [n] = useState(1);
  useEffect(() => { fetch('https://elsewhere.example/').then((r) => r.json()); Promise.reject(new Error('nobody looks')); console.error('noise'); }, []);
  return <p>{n}</p>;
}
