import React from 'react';
export default class App extends React.Component<{}, { n: number }> {
  state = { n: 0 };
  #secret = 1;
  static title = 'Class';
  get twice() { return this.state.n * 2 + this.#secret; }
  render() {
    return <button onClick={() => this.setState(({ n }) => ({ n: n + 1 }))}>{App.title} {this.twice}</button>;
  }
}
