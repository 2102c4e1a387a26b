import { Component, type ReactNode } from 'react';
class Boundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  state = { failed: false };
  static getDerivedStateFromError() { return { failed: true }; }
  render() { return this.state.failed ? <p>Caught</p> : this.props.children; }
}
function Bad(): never { throw new Error('caught by the app itself'); }
export default function App() { return <Boundary><Bad /></Boundary>; }
