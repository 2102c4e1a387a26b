// Signing in to an app, or making an account, in one form.
import { type ReactElement, useState } from 'react';
import { Button } from '../controls/button.tsx';
import { Form } from '../controls/form.tsx';
import { TextField } from '../controls/text-fields.tsx';
import { type User, useUser } from '../data/use-user.ts';
import { Card } from '../layout/card.tsx';
import { word } from '../words.ts';

/** A form to sign in or make an account; shows who is signed in afterwards. */
export function Login({ title, onDone }: { title?: string; onDone?: (user: User) => void }): ReactElement {
  const { user, error, login, signup, logout } = useUser();
  const [isNew, setIsNew] = useState(false);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  if (user) {
    return (
      <Card title={user.name ?? user.email}>
        <Button onClick={() => void logout()}>{word('signOut')}</Button>
      </Card>
    );
  }
  const submit = async (): Promise<void> => {
    const entered = await (isNew ? signup : login)(email.trim(), password);
    setPassword('');
    if (entered) onDone?.({ id: '', email: email.trim() });
  };
  return (
    <Card title={title ?? word(isNew ? 'signUp' : 'signIn')}>
      <Form onSubmit={submit} submitLabel={word(isNew ? 'signUp' : 'signIn')}>
        <TextField
          label={word('email')}
          type="email"
          autoComplete="email"
          required
          value={email}
          onChange={setEmail}
        />
        <TextField
          label={word('password')}
          type="password"
          autoComplete={isNew ? 'new-password' : 'current-password'}
          required
          value={password}
          onChange={setPassword}
          {...(error ? { error: error.message } : {})}
        />
      </Form>
      <Button variant="ghost" size="small" onClick={() => setIsNew(!isNew)}>
        {word(isNew ? 'haveAccount' : 'noAccount')}
      </Button>
    </Card>
  );
}
