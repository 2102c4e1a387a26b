// expect: types/TS2322 src/App.tsx:3
import { Button } from '@faibric/app';
export default () => <Button colour="red">x</Button>;
