import { Home as HouseIcon, type LucideProps, Trash2, XIcon, AlertTriangle } from 'lucide-react';
const small: LucideProps = { size: 14, strokeWidth: 1.5 };
export default function App() {
  return <p><HouseIcon {...small} /><Trash2 className="red" /><XIcon /><AlertTriangle color="orange" /></p>;
}
