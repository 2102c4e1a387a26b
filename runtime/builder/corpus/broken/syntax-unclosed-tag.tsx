// expect: parse/syntax_error src/App.tsx:4
export default function App() {
  return <div><span></div>;
}
