// expect: render/render_error src/App.tsx:2
export default function App() { throw new Error('broken from the start'); return <p>never</p>; }
