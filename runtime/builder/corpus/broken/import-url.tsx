// expect: imports/import_not_allowed src/App.tsx:2
import x from 'https://esm.sh/left-pad';
export default () => <p>{x}</p>;
