// expect: render/render_error src/App.tsx:5
import { useEffect } from 'react';
export default function App() {
  useEffect(() => {
    throw new Error('in an effect');
  }, []);
  return <p>x</p>;
}
