// expect: imports/import_outside src/App.tsx:2
import secrets from '../../secrets';
export default () => <p>{secrets}</p>;
