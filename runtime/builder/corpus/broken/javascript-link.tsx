// expect: imports/forbidden_construct src/App.tsx:2
export default () => <a href="javascript:alert(1)">x</a>;
