// expect: imports/import_subpath_not_allowed src/App.tsx:2
import format from 'date-fns/format';
export default () => <p>{format(new Date(), 'P')}</p>;
