import { Suspense, use } from 'react';
const later = Promise.resolve('ready');
function Value() { return <b>{use(later)}</b>; }
export default function App() {
  return <Suspense fallback={<i>wait</i>}><Value /></Suspense>;
}
