// expect: imports/forbidden_construct src/App.tsx:2
const fs = require('fs');
export default () => <p>{fs}</p>;
