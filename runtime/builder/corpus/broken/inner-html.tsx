// expect: imports/forbidden_construct src/App.tsx:3
export default function App() {
  return <div dangerouslySetInnerHTML={{ __html: '<b>x</b>' }} />;
}
