function Main() { return <p>renamed</p>; }
export { Main as default };
