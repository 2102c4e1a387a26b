// expect: render/render_error
export default 'I am no component';
