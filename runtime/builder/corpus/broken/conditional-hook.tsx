// expect: types/rules_of_hooks src/App.tsx:5
import { useState } from 'react';
export default function App({ on }: { on?: boolean }) {
  if (on) {
    const [n] = useState(0);
    return <p>{n}</p>;
  }
  return <p>off</p>;
}
