import { useEffect, useState } from 'react';
function* count(to: number) { for (let i = 0; i < to; i++) yield i; }
async function* slow() { yield* [1, 2, 3]; }
export default function App() {
  const [sum, setSum] = useState(0);
  useEffect(() => {
    let on = true;
    (async () => {
      let total = 0;
      for await (const n of slow()) total += n;
      if (on) setSum(total);
    })();
    return () => { on = false; };
  }, []);
  outer: for (const i of count(3)) { for (const j of count(3)) if (i * j > 2) break outer; }
  return <p>{[...count(4)].join()} {sum} {2n ** 64n > 0n ? 'big' : ''}</p>;
}
