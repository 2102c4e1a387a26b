// expect: imports/secret src/App.tsx:2
const key = 'sk-proj-a1B2c3D4e5F6g7H8i9J0k1L2m3N4';
export default () => <p>{key}</p>;
