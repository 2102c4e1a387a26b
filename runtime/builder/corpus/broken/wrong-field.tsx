// expect: types/TS2339 src/App.tsx:5
interface Plant { name: string }
const plants: Plant[] = [{ name: 'Basil' }];
export default () => (
  <p>{plants.map((p) => p.nmae)}</p>
);
