// expect: imports/secret
const key = 'sk-proj-' + 'a1B2c3D4e5F6' + 'g7H8i9J0k1L2m3N4';
export default () => <p>{key}</p>;
