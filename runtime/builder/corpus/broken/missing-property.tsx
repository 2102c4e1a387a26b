// expect: types/TS2741 src/App.tsx:3
import { EmptyState } from '@faibric/app';
export default () => <EmptyState />;
