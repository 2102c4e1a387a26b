// expect: imports/forbidden_construct src/App.tsx:2
export default () => <iframe src="/x" title="x" />;
