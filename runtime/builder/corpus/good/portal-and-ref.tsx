import { forwardRef, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
const Field = forwardRef<{ focus(): void }, { label: string }>(function Field({ label }, ref) {
  const input = useRef<HTMLInputElement>(null);
  useImperativeHandle(ref, () => ({ focus: () => input.current?.focus() }));
  return <label>{label}<input ref={input} /></label>;
});
export default function App() {
  const field = useRef<{ focus(): void }>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => field.current?.focus(), []);
  return <><Field ref={field} label="Name" /><button onClick={() => setOpen(!open)}>Open</button>{open && createPortal(<dialog open>Hi</dialog>, document.body)}</>;
}
