// expect: parse/syntax_error src/App.tsx:2
const a = 'open
export default () => <p>{a}</p>;
