// expect: render/render_error
const user = { name: 'Ada' };
export default () => <p>{user as unknown as string}</p>;
