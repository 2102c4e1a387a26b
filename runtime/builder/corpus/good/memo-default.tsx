import { memo } from 'react';
const App = memo(function App() {
  return <main>memo</main>;
});
export default App;
