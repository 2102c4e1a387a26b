// expect: imports/import_not_allowed src/App.tsx:2
import { readFileSync } from 'node:fs';
export default () => <p>{String(readFileSync('/etc/passwd'))}</p>;
