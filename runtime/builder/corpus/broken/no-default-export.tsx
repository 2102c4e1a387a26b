// expect: imports/no_default_export src/App.tsx
export function App() { return <p>x</p>; }
