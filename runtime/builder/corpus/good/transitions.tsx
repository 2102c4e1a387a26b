import { startTransition, useDeferredValue, useId, useMemo, useState, useTransition } from 'react';
const all = Array.from({ length: 200 }, (_, i) => `Item ${i}`);
export default function App() {
  const id = useId();
  const [text, setText] = useState('');
  const slow = useDeferredValue(text);
  const [pending, begin] = useTransition();
  const found = useMemo(() => all.filter((x) => x.includes(slow)).slice(0, 20), [slow]);
  return <div><label htmlFor={id}>Find</label><input id={id} value={text} onChange={(e) => { setText(e.target.value); begin(() => {}); startTransition(() => {}); }} />{pending ? '…' : null}{found.map((x) => <p key={x}>{x}</p>)}</div>;
}
