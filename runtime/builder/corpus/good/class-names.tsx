import clsx, { clsx as named } from 'clsx';
export default function App() {
  return <p className={clsx('a', { b: true, c: false }, ['d'])}>{named('x', null, undefined, 0 as unknown as string)}</p>;
}
