// expect: render/render_timeout
export default function App() {
  while (true) { /* for ever */ }
  return <p>never</p>;
}
