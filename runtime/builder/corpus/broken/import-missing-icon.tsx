// expect: types/TS2305 src/App.tsx:2
import { NoSuchIconAtAll } from 'lucide-react';
export default () => <NoSuchIconAtAll />;
