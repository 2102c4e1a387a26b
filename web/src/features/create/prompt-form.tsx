// The box in which an app begins. Ctrl+Enter or Cmd+Enter sends, plain Enter is a new line: prompts have
// paragraphs. The draft is kept until the server has taken it, so a failed send never costs a sentence.
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import InputBase from '@mui/material/InputBase';
import Paper from '@mui/material/Paper';
import type { KeyboardEvent } from 'react';
import { useRef, useState } from 'react';
import { ExampleChips } from './example-chips.tsx';
import { checkPrompt, PROMPT_LENGTH, type PromptCheck } from './prompt-rules.ts';

/** What the form needs from the page. `onSend` resolves to true once the app exists. */
export interface PromptFormProps {
  sending: boolean;
  error: string | undefined;
  onSend: (prompt: string) => Promise<boolean>;
}

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

function FormFoot({ check, sending }: { check: PromptCheck; sending: boolean }) {
  return (
    <Box
      sx={{ display: 'flex', alignItems: 'center', gap: 1.5, px: { xs: 1.5, sm: 2 }, pb: { xs: 1.5, sm: 2 } }}
    >
      <Box
        id="prompt-note"
        sx={{ flex: 1, typography: 'caption', color: check.complaint ? 'error.main' : 'text.secondary' }}
      >
        {check.complaint ?? (
          <Box component="span" sx={{ display: { xs: 'none', sm: 'inline' } }}>
            {isApple ? '⌘ Enter' : 'Ctrl Enter'} builds it
          </Box>
        )}
      </Box>
      {check.showCounter && (
        <Box
          sx={{
            typography: 'caption',
            color: check.complaint ? 'error.main' : 'text.secondary',
            fontVariantNumeric: 'tabular-nums',
            whiteSpace: 'nowrap',
          }}
        >
          {check.characters.toLocaleString('en')} / {PROMPT_LENGTH.most.toLocaleString('en')}
        </Box>
      )}
      <Button
        type="submit"
        variant="contained"
        size="large"
        disabled={!check.sendable || sending}
        sx={{ px: 3, whiteSpace: 'nowrap' }}
      >
        {sending ? 'Sending…' : 'Build it'}
      </Button>
    </Box>
  );
}

/** Prompt box with its examples. */
export function PromptForm({ sending, error, onSend }: PromptFormProps) {
  const [draft, setDraft] = useState('');
  const box = useRef<HTMLTextAreaElement>(null);
  const check = checkPrompt(draft);

  async function send(): Promise<void> {
    if (!check.sendable || sending) return;
    if (await onSend(draft.trim())) setDraft('');
    box.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void send();
  }

  function choose(prompt: string): void {
    setDraft(prompt);
    box.current?.focus();
  }

  return (
    <Box
      component="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Paper
        variant="outlined"
        sx={{
          borderRadius: '20px',
          boxShadow: '0 18px 50px -24px rgb(20 22 60 / 0.35)',
          '&:focus-within': {
            borderColor: 'primary.main',
            outline: '1px solid',
            outlineColor: 'primary.main',
          },
        }}
      >
        <InputBase
          multiline
          fullWidth
          autoFocus
          minRows={3}
          maxRows={14}
          value={draft}
          inputRef={box}
          placeholder="A plant tracker with name, species, watering interval in days and last watered date"
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={onKeyDown}
          inputProps={{
            'aria-label': 'What should the app do?',
            'aria-describedby': 'prompt-note',
            'aria-invalid': check.complaint !== undefined,
            name: 'prompt',
          }}
          sx={{
            p: { xs: 2, sm: 2.5 },
            fontSize: '1.125rem',
            lineHeight: 1.5,
            '& textarea': { outline: 'none' },
          }}
        />
        <FormFoot check={check} sending={sending} />
      </Paper>
      {error !== undefined && (
        <Alert severity="error" sx={{ mt: 1.5 }}>
          {error}
        </Alert>
      )}
      <ExampleChips onChoose={choose} />
    </Box>
  );
}
