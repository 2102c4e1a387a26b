// expect: imports/import_not_allowed src/App.tsx:2
import axios from 'axios';
export default () => <p>{typeof axios}</p>;
