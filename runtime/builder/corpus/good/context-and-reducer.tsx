import { createContext, type Dispatch, useContext, useReducer } from 'react';
type State = { count: number; log: string[] };
type Action = { type: 'add'; by: number } | { type: 'reset' };
const start: State = { count: 0, log: [] };
function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'add': return { count: state.count + action.by, log: [...state.log, `+${action.by}`] };
    case 'reset': return start;
  }
}
const Store = createContext<[State, Dispatch<Action>]>([start, () => {}]);
function Buttons() {
  const [state, dispatch] = useContext(Store);
  return <p>{state.count}<button onClick={() => dispatch({ type: 'add', by: 2 })}>+2</button><button onClick={() => dispatch({ type: 'reset' })}>0</button></p>;
}
export default function App() {
  const store = useReducer(reduce, start);
  return <Store.Provider value={store}><Buttons /></Store.Provider>;
}
