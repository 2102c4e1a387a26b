// expect: render/render_error
import { useEffect, useLayoutEffect, useState } from 'react';
export default function App() {
  const [n, setN] = useState(0);
  useLayoutEffect(() => setN(n + 1));
  useEffect(() => {});
  return <p>{n}</p>;
}
