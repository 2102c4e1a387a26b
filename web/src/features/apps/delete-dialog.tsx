// Asks before an app goes, and says what goes: pods and address at once, its documents for good. The safe
// button has the focus, so a stray Enter deletes nothing.
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import type { AppView } from '../../lib/app-view.ts';

/** What the dialog needs; it is open while `app` is set. */
export interface DeleteDialogProps {
  app: AppView;
  deleting: boolean;
  error: string | undefined;
  onCancel: () => void;
  onConfirm: () => void;
}

/** The question before a delete. */
export function DeleteDialog({ app, deleting, error, onCancel, onConfirm }: DeleteDialogProps) {
  return (
    <Dialog
      open
      onClose={onCancel}
      aria-labelledby="delete-title"
      aria-describedby="delete-text"
      maxWidth="xs"
      fullWidth
    >
      <DialogTitle id="delete-title">Delete “{app.title}”?</DialogTitle>
      <DialogContent>
        <DialogContentText id="delete-text" component="div">
          This removes for good:
          <ul>
            <li>the running app{app.host === undefined ? '' : ` and its address ${app.host}`}</li>
            <li>all its revisions and their source</li>
            <li>every document people saved in it</li>
          </ul>
          There is no undo.
        </DialogContentText>
        {error !== undefined && <Alert severity="error">{error}</Alert>}
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2.5 }}>
        <Button onClick={onCancel} autoFocus>
          Keep it
        </Button>
        <Button color="error" variant="contained" onClick={onConfirm} disabled={deleting}>
          {deleting ? 'Deleting…' : 'Delete app and data'}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
