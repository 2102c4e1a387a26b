const closing = /\}\)/g;
const slash = /[/\]]+(?<name>x)?/u;
const tricky = 'a/b'.replace(/\//g, '}');
const division = 10 / 2 / 1;
export default function App() {
  return <pre>{'f({})'.replace(closing, '}') + slash.source + tricky + division}</pre>;
}
