// expect: types/TS2451 src/App.tsx:3
const a = 1;
const a = 2;
export default () => <p>{a}</p>;
