// expect: types/TS2724 src/App.tsx:2
import { useColection } from '@faibric/app';
export default () => <p>{useColection('x').items.length}</p>;
