// expect: parse/misleading_name src/App.tsx:2
const pаge = 1;
export default () => <p>{pаge}</p>;
