// expect: imports/import_not_allowed src/App.tsx:2
import { Button } from '@/components/ui/button';
export default () => <Button />;
