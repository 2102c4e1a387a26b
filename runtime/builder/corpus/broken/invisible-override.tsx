// expect: parse/unseen_character src/App.tsx:2
const access = 'user‮ ⁦// admin⁩ ⁦';
export default () => <p>{access}</p>;
