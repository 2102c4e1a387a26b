// expect: imports/forbidden_construct src/App.tsx:2
const two = eval('1 + 1');
export default () => <p>{two}</p>;
