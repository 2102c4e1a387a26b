// Signing in to an app, or making an account, in one form; and what stands for content until somebody is signed in.
// What is wrong is said in one place that readers announce; the password field alone is emptied.
import { LogIn, LogOut } from 'lucide-react';
import { type ReactElement, type ReactNode, useState } from 'react';
import { Button } from '../controls/button.tsx';
import { Form } from '../controls/form.tsx';
import { TextField } from '../controls/text-fields.tsx';
import { currentUser, forgetUserError, type User, type UserState, useUser } from '../data/use-user.ts';
import { Dialog } from '../display/dialog.tsx';
import { Loading } from '../display/states.tsx';
import { Card } from '../layout/card.tsx';
import { word } from '../words.ts';

/** Shortest password that the API takes. */
const SHORTEST = 8;

interface Entered {
  name: string;
  email: string;
  password: string;
}

const NOTHING: Entered = { name: '', email: '', password: '' };

const errorOf = ({ error }: UserState): string | undefined => {
  if (!error) return undefined;
  if (error.status !== 429 || error.retryAfter === undefined) return error.message;
  return `${word('throttled')} ${error.retryAfter} s.`;
};

interface FieldsProps {
  isNew: boolean;
  entered: Entered;
  onChange: (part: Partial<Entered>) => void;
}

function Fields({ isNew, entered, onChange }: FieldsProps): ReactElement {
  return (
    <>
      {isNew && (
        <TextField
          label={word('name')}
          autoComplete="name"
          maxLength={200}
          value={entered.name}
          onChange={(name) => onChange({ name })}
        />
      )}
      <TextField
        label={word('email')}
        type="email"
        autoComplete="email"
        required
        value={entered.email}
        onChange={(email) => onChange({ email })}
      />
      <TextField
        label={word('password')}
        type="password"
        autoComplete={isNew ? 'new-password' : 'current-password'}
        required
        {...(isNew ? { hint: word('passwordRule'), minLength: SHORTEST } : {})}
        value={entered.password}
        onChange={(password) => onChange({ password })}
      />
    </>
  );
}

interface EntryProps {
  /** The form makes an account; else it signs in with one. */
  isNew: boolean;
  onSwap: () => void;
  onDone?: ((user: User) => void) | undefined;
}

function EntryForm({ isNew, onSwap, onDone }: EntryProps): ReactElement {
  const account = useUser();
  const [entered, setEntered] = useState(NOTHING);
  const message = errorOf(account);
  const submit = async (): Promise<void> => {
    const email = entered.email.trim();
    const worked = isNew
      ? await account.signup(email, entered.password, entered.name.trim())
      : await account.login(email, entered.password);
    setEntered(worked ? NOTHING : { ...entered, password: '' });
    const user = worked ? currentUser() : null;
    if (user) onDone?.(user);
  };
  const swap = (): void => {
    forgetUserError();
    onSwap();
  };
  return (
    <div className="fb-login">
      <Form onSubmit={submit} submitLabel={word(isNew ? 'signUp' : 'signIn')}>
        <Fields
          isNew={isNew}
          entered={entered}
          onChange={(part) => setEntered((now) => ({ ...now, ...part }))}
        />
        {message !== undefined && (
          <p className="fb-form-error" role="alert">
            {message}
          </p>
        )}
      </Form>
      <Button variant="ghost" size="small" onClick={swap}>
        {word(isNew ? 'haveAccount' : 'noAccount')}
      </Button>
    </div>
  );
}

/** A form to sign in or make an account; shows who is signed in afterwards. */
export function Login({ title, onDone }: { title?: string; onDone?: (user: User) => void }): ReactElement {
  const { user, logout } = useUser();
  const [isNew, setIsNew] = useState(false);
  if (user)
    return (
      <Card title={user.name ?? user.email}>
        <Button onClick={() => void logout()}>{word('signOut')}</Button>
      </Card>
    );
  return (
    <Card title={title ?? word(isNew ? 'signUp' : 'signIn')}>
      <EntryForm isNew={isNew} onSwap={() => setIsNew(!isNew)} onDone={onDone} />
    </Card>
  );
}

/** A button that opens the form to sign in. */
export function SignInButton({
  label,
  variant = 'primary',
}: {
  label?: string;
  variant?: 'primary' | 'secondary';
}): ReactElement {
  const [open, setOpen] = useState(false);
  const [isNew, setIsNew] = useState(false);
  return (
    <>
      <Button variant={variant} icon={<LogIn size={18} aria-hidden />} onClick={() => setOpen(true)}>
        {label ?? word('signIn')}
      </Button>
      <Dialog
        open={open}
        title={word(isNew ? 'signUp' : 'signIn')}
        size="small"
        onClose={() => setOpen(false)}
      >
        <EntryForm isNew={isNew} onSwap={() => setIsNew(!isNew)} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

/** For the head of an app: who is signed in and a button to sign out, or the button to sign in. */
export function UserMenu(): ReactElement | null {
  const { user, loading, logout } = useUser();
  if (!user) return loading ? null : <SignInButton variant="secondary" />;
  return (
    <span className="fb-row fb-user-menu">
      <span className="fb-muted">{user.name ?? user.email}</span>
      <Button size="small" icon={<LogOut size={16} aria-hidden />} onClick={() => void logout()}>
        {word('signOut')}
      </Button>
    </span>
  );
}

/** Shows its children to signed-in users alone; others see the form to sign in. */
export function SignedIn({ title, children }: { title?: string; children?: ReactNode }): ReactElement {
  const { user, loading } = useUser();
  const [known, setKnown] = useState(!loading);
  // Only the first look waits: the form stays while somebody signs in with it.
  if (!known && !loading) setKnown(true);
  if (user) return <>{children}</>;
  return known ? <Login {...(title ? { title } : {})} /> : <Loading />;
}
