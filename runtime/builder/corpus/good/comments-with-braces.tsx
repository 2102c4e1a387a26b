/* } ) ] export default nothing {{{ */
// eval('x'); import x from 'left-pad'; </script>
/** @type {{ a: { b: string } }} */
export default function App() {
  return (
    <div>
      {/* a comment } in JSX { */}
      text // not a comment
    </div>
  );
}
