// expect: render/render_blank
export default () => null;
