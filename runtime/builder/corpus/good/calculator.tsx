import { useState } from 'react';
const apply: Record<string, (a: number, b: number) => number> = { '+': (a, b) => a + b, '-': (a, b) => a - b, '*': (a, b) => a * b, '/': (a, b) => (b === 0 ? NaN : a / b) };
export default function App() {
  const [shown, setShown] = useState('0');
  const [memory, setMemory] = useState<{ value: number; op: string } | null>(null);
  const press = (key: string) => {
    if (/^\d$/.test(key)) return setShown(shown === '0' ? key : shown + key);
    const value = memory ? apply[memory.op](memory.value, Number(shown)) : Number(shown);
    if (key === '=') { setMemory(null); setShown(String(value)); } else { setMemory({ value, op: key }); setShown('0'); }
  };
  return <div><output>{shown}</output>{[...'789/456*123-0=+'].map((k) => <button key={k} onClick={() => press(k)}>{k}</button>)}</div>;
}
