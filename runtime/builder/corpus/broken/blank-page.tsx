// expect: render/render_blank
export default () => <div />;
