// expect: types/TS2345 src/App.tsx:3
import { formatMoney } from '@faibric/app';
export default () => <p>{formatMoney('12')}</p>;
