// Short messages at the edge of the page. One store for the page, so that `toast` works from anywhere, without a hook.
import type { ReactElement } from 'react';
export function Toaster(): ReactElement {
  return <></>;
}
