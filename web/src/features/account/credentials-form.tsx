// Handle and password, for signing in and for signing up. Both fields are named and marked for password managers; what
// is typed lives in this component and nowhere else, and the password goes when it was refused.
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { type FormEvent, useState } from 'react';
import { type Credentials, checkSignUp } from './sign-up-rules.ts';

/** What the form needs from the page. `onSend` resolves to false when it was refused. */
export interface CredentialsFormProps {
  isNew: boolean;
  sending: boolean;
  complaint: string | undefined;
  onSend: (typed: Credentials) => Promise<boolean>;
}

const NO_COMPLAINTS: ReturnType<typeof checkSignUp> = {};

interface FieldProps {
  value: string;
  complaint: string | undefined;
  isNew: boolean;
  onChange: (value: string) => void;
}

function HandleField({ value, complaint, isNew, onChange }: FieldProps) {
  return (
    <TextField
      label="Handle"
      name="username"
      autoComplete="username"
      autoFocus
      fullWidth
      value={value}
      error={complaint !== undefined}
      helperText={
        complaint ?? (isNew ? 'Part of the addresses of your apps. It cannot be changed later.' : undefined)
      }
      onChange={(event) => onChange(event.target.value)}
      slotProps={{
        htmlInput: { 'aria-required': true, autoCapitalize: 'none', autoCorrect: 'off', spellCheck: false },
      }}
    />
  );
}

function PasswordField({ value, complaint, isNew, onChange }: FieldProps) {
  return (
    <TextField
      label="Password"
      name="password"
      type="password"
      autoComplete={isNew ? 'new-password' : 'current-password'}
      fullWidth
      value={value}
      error={complaint !== undefined}
      helperText={complaint ?? (isNew ? 'At least 8 characters; a sentence is a good one.' : undefined)}
      onChange={(event) => onChange(event.target.value)}
      slotProps={{ htmlInput: { 'aria-required': true } }}
    />
  );
}

/** The form. */
export function CredentialsForm({ isNew, sending, complaint, onSend }: CredentialsFormProps) {
  const [handle, setHandle] = useState('');
  const [password, setPassword] = useState('');
  const [checked, setChecked] = useState(false);
  const complaints = isNew && checked ? checkSignUp({ handle, password }) : NO_COMPLAINTS;

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    setChecked(true);
    const typed = { handle: handle.trim(), password };
    if (sending || (isNew && Object.keys(checkSignUp(typed)).length > 0)) return;
    if (!(await onSend(typed)) && !isNew) setPassword('');
  }

  const field = { isNew };
  return (
    <Box component="form" noValidate onSubmit={(event) => void send(event)} sx={{ display: 'grid', gap: 2 }}>
      {complaint !== undefined && <Alert severity="error">{complaint}</Alert>}
      <HandleField {...field} value={handle} complaint={complaints.handle} onChange={setHandle} />
      <PasswordField {...field} value={password} complaint={complaints.password} onChange={setPassword} />
      <Button
        type="submit"
        variant="contained"
        size="large"
        disabled={sending || handle.trim() === '' || password === ''}
      >
        {isNew ? (sending ? 'Making it…' : 'Make the account') : sending ? 'Signing in…' : 'Sign in'}
      </Button>
    </Box>
  );
}
