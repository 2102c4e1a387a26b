// expect: render/render_error src/App.tsx:3
const settings: { theme: { color: string } } = JSON.parse('{}');
const color = settings.theme.color;
export default () => <p>{color}</p>;
