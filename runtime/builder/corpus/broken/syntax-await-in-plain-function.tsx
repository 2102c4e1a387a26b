// expect: parse/syntax_error src/App.tsx:3
export default function App() {
  const x = await fetch('/api/');
  return <p>{x}</p>;
}
