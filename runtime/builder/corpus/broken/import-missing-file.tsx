// expect: imports/import_not_found src/App.tsx:2
import { Header } from './components/Header';
export default () => <Header />;
