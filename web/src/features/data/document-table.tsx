// Documents as a table whose columns are read off them. It scrolls inside its own frame, so a wide collection never makes
// the page scroll sideways.
import type { Document } from '@faibric/api/contract';
import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { columnsOf, labelOf, textOf } from './columns.ts';

const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

const clamp = {
  display: '-webkit-box',
  WebkitLineClamp: 3,
  WebkitBoxOrient: 'vertical',
  overflow: 'hidden',
  overflowWrap: 'break-word',
  minWidth: 110,
  maxWidth: 360,
} as const;

/** What the table shows. */
export interface DocumentTableProps {
  label: string;
  documents: readonly Document[];
}

function Row({ document, columns }: { document: Document; columns: readonly string[] }) {
  return (
    <TableRow hover>
      {columns.map((name) => (
        <TableCell key={name} sx={{ verticalAlign: 'top' }}>
          <Box sx={clamp} title={textOf(document.data[name])}>
            {textOf(document.data[name])}
          </Box>
        </TableCell>
      ))}
      <TableCell sx={{ verticalAlign: 'top', whiteSpace: 'nowrap', color: 'text.secondary' }}>
        {when.format(new Date(document.createdAt))}
      </TableCell>
    </TableRow>
  );
}

/** The table. */
export function DocumentTable({ label, documents }: DocumentTableProps) {
  const columns = columnsOf(documents);
  return (
    // Reached by keyboard, because it scrolls.
    <TableContainer tabIndex={0} role="region" aria-label={label}>
      <Table size="small" aria-label={label}>
        <TableHead>
          <TableRow>
            {columns.map((name) => (
              <TableCell key={name}>{labelOf(name)}</TableCell>
            ))}
            <TableCell>Saved</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {documents.map((document) => (
            <Row key={document.id} document={document} columns={columns} />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
