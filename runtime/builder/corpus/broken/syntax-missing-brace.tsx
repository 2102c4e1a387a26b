// expect: parse/syntax_error src/App.tsx
export default function App() {
  if (true) {
    return <p>x</p>;
