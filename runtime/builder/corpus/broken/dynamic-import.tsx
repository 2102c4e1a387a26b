// expect: imports/dynamic_import src/App.tsx:3
const name = 'react';
const later = import(name);
export default () => <p>{String(later)}</p>;
