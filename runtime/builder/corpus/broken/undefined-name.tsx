// expect: types/TS2304 src/App.tsx:3
export default function App() {
  return <p>{undefinedThing}</p>;
}
