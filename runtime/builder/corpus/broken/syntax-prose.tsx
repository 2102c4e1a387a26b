// expect: parse/syntax_error src/App.tsx:2
Here is the code you asked for:
export default () => <p>x</p>;
