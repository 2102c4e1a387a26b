import { useEffect, useState } from 'react';
const two = (n: number) => String(n).padStart(2, '0');
export default function App() {
  const [left, setLeft] = useState(25 * 60);
  const [on, setOn] = useState(false);
  useEffect(() => {
    if (!on) return;
    const timer = setInterval(() => setLeft((n) => Math.max(0, n - 1)), 1000);
    return () => clearInterval(timer);
  }, [on]);
  return <main><h1>{two(Math.floor(left / 60))}:{two(left % 60)}</h1><button onClick={() => setOn(!on)}>{on ? 'Pause' : 'Start'}</button></main>;
}
