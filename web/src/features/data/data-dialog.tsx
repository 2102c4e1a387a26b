// What people saved in an app, for its owner: the only place where the answers of a form are read. A collection per tab,
// newest first, with downloads of the whole.
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Skeleton from '@mui/material/Skeleton';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useState } from 'react';
import type { AppView } from '../../lib/app-view.ts';
import { type CollectionPlace, exportUrl } from '../../lib/documents.ts';
import { labelOf } from './columns.ts';
import { DocumentTable } from './document-table.tsx';
import { useDocuments } from './use-documents.ts';

function Nothing() {
  return (
    <Box sx={{ py: 6, textAlign: 'center' }}>
      <Typography variant="h3" component="p">
        Nothing saved yet
      </Typography>
      <Typography variant="body2" color="textSecondary" sx={{ mt: 0.5 }}>
        What people save in the app appears here.
      </Typography>
    </Box>
  );
}

function Documents({ place }: { place: CollectionPlace }) {
  const found = useDocuments(place);
  const { documents, total, error } = found;
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      {error !== undefined && (
        <Alert severity="error" action={<Button onClick={found.retry}>Try again</Button>}>
          {error}
        </Alert>
      )}
      {documents === undefined && error === undefined && (
        <Skeleton variant="rounded" height={180} aria-label="Loading documents" />
      )}
      {documents?.length === 0 && <Nothing />}
      {documents !== undefined && documents.length > 0 && (
        <>
          <DocumentTable label={labelOf(place.collection)} documents={documents} />
          <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5 }}>
            <Typography variant="body2" color="textSecondary" sx={{ flex: 1 }}>
              {documents.length} of {total ?? documents.length}
            </Typography>
            {found.hasMore && (
              <Button onClick={found.more} disabled={found.loadingMore}>
                {found.loadingMore ? 'Loading…' : 'Show more'}
              </Button>
            )}
            <Button component="a" href={exportUrl(place, 'csv')} download>
              Download CSV
            </Button>
            <Button component="a" href={exportUrl(place, 'json')} download>
              Download JSON
            </Button>
          </Box>
        </>
      )}
    </Box>
  );
}

/** The dialog; it is open while it is mounted. */
export function DataDialog({ app, onClose }: { app: AppView; onClose: () => void }) {
  const [collection, setCollection] = useState(app.collections[0] ?? '');
  const isPhone = useMediaQuery('(max-width: 600px)');
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="lg" fullScreen={isPhone} aria-labelledby="data-title">
      <DialogTitle id="data-title" sx={{ overflowWrap: 'anywhere' }}>
        Data of “{app.title}”
      </DialogTitle>
      <DialogContent sx={{ minHeight: 320 }}>
        <Tabs
          value={collection}
          onChange={(_event, next: string) => setCollection(next)}
          variant="scrollable"
          aria-label="Collections"
          sx={{ mb: 2 }}
        >
          {app.collections.map((name) => (
            <Tab key={name} value={name} label={labelOf(name)} />
          ))}
        </Tabs>
        <Documents key={collection} place={{ appId: app.id, collection }} />
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2.5 }}>
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </Dialog>
  );
}
