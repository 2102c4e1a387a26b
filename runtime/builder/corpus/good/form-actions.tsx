import { useActionState, useOptimistic } from 'react';
import { useFormStatus } from 'react-dom';
function Submit() { const { pending } = useFormStatus(); return <button disabled={pending}>Send</button>; }
export default function App() {
  const [sent, send] = useActionState(async (before: string[], form: FormData) => [...before, String(form.get('name'))], []);
  const [shown] = useOptimistic(sent);
  return <form action={send}><input name="name" defaultValue="A" /><Submit />{shown.map((s) => <p key={s}>{s}</p>)}</form>;
}
