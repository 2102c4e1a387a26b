// expect: types/TS2304 src/App.tsx:3
export default function App() {
  const [n] = useState(0);
  return <p>{n}</p>;
}
