// expect: imports/forbidden_construct src/App.tsx:2
const key = process.env.REACT_APP_KEY;
export default () => <p>{key}</p>;
