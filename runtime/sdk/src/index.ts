// @faibric/app: everything that a generated app may import from us. THE CONTRACT: names and props are fixed here first;
// the declarations are replaced by re-exports of the components as they land, with the same names and props.
// All mutations resolve (never reject): a failure shows a toast, rolls back, and is in `error`.
import type { ComponentType, ReactElement, ReactNode } from 'react';

// ---- data ----------------------------------------------------------------------------------------------------
/** What went wrong, in words for the person using the app. */
export interface AppError {
  code: string;
  message: string;
  status?: number;
}
/** A stored document: its fields plus the three that the platform sets. */
export type Item<T> = T & { id: string; createdAt: string; updatedAt: string };
export interface CollectionOptions {
  orderBy?: string;
  limit?: number;
  filter?: Record<string, string | number | boolean>;
}
export interface Collection<T> {
  items: Item<T>[];
  total: number;
  loading: boolean;
  error: AppError | null;
  add(data: T): Promise<Item<T> | null>;
  update(id: string, patch: Partial<T>): Promise<Item<T> | null>;
  remove(id: string): Promise<boolean>;
  refresh(): Promise<void>;
}
/** useCollection<Plant>('plants', { orderBy: '-createdAt' }) : optimistic, refetches on focus. */
export declare function useCollection<T extends object = Record<string, unknown>>(
  name: string,
  options?: CollectionOptions,
): Collection<T>;
export interface DocumentState<T> {
  item: Item<T> | null;
  loading: boolean;
  error: AppError | null;
  save(patch: Partial<T>): Promise<Item<T> | null>;
  remove(): Promise<boolean>;
  refresh(): Promise<void>;
}
export declare function useDocument<T extends object = Record<string, unknown>>(
  name: string,
  id: string,
): DocumentState<T>;
export interface GatewayRequest {
  service: string;
  action?: string;
  [parameter: string]: unknown;
}
export interface GatewayState<T> {
  data: T | null;
  loading: boolean;
  error: AppError | null;
  sample: boolean;
  fetchedAt: string | null;
  refresh(): Promise<void>;
}
/** useGateway<{ quotes: StockQuote[] }>({ service: 'yahoo_finance', symbols: ['AAPL'] }, { refreshMs: 60_000 }); null waits. */
export declare function useGateway<T = unknown>(
  request: GatewayRequest | null,
  options?: { refreshMs?: number },
): GatewayState<T>;
export interface StockQuote {
  symbol: string;
  name: string;
  price: number;
  change: number;
  changePercent: number;
  currency: string;
  time: string;
}
export interface PricePoint {
  time: string;
  close?: number;
  price?: number;
}
export interface CoinQuote {
  id: string;
  symbol: string;
  name: string;
  price: number;
  changePercent24h: number;
  currency: string;
  time: string;
}
export interface Weather {
  city: string;
  temperature: number;
  feelsLike: number;
  humidity: number;
  windSpeed: number;
  description: string;
  icon: string;
  time: string;
}
export interface User {
  id: string;
  email: string;
  name?: string;
}
export interface UserState {
  user: User | null;
  loading: boolean;
  error: AppError | null;
  login(email: string, password: string): Promise<boolean>;
  signup(email: string, password: string): Promise<boolean>;
  logout(): Promise<void>;
}
export declare function useUser(): UserState;
export declare function Login(props: { title?: string; onDone?: (user: User) => void }): ReactElement;

// ---- theme and layout ----------------------------------------------------------------------------------------
export interface Theme {
  primary?: string; // any CSS colour; text on it is chosen for contrast
  background?: string;
  mode?: 'light' | 'dark' | 'auto'; // default auto
  radius?: 'none' | 'small' | 'medium' | 'large';
  font?: 'sans' | 'serif' | 'rounded' | 'mono';
}
export declare function ThemeProvider(props: { theme?: Theme; children?: ReactNode }): ReactElement;
export interface NavItem {
  label: string;
  href?: string;
  icon?: ReactNode;
  active?: boolean;
  onSelect?: () => void;
}
export interface AppShellProps {
  title: string;
  subtitle?: string;
  icon?: ReactNode;
  nav?: readonly NavItem[];
  actions?: ReactNode;
  footer?: ReactNode;
  theme?: Theme;
  width?: 'narrow' | 'normal' | 'wide';
  children?: ReactNode; // includes ThemeProvider and the toaster
}
export declare function AppShell(props: AppShellProps): ReactElement;
export interface SectionProps {
  title?: string;
  description?: string;
  id?: string;
  icon?: ReactNode;
  actions?: ReactNode;
  tone?: 'plain' | 'tinted';
  children?: ReactNode;
}
export declare function Section(props: SectionProps): ReactElement;
export interface CardProps {
  title?: string;
  description?: string;
  icon?: ReactNode;
  actions?: ReactNode;
  footer?: ReactNode;
  children?: ReactNode;
}
export declare function Card(props: CardProps): ReactElement;
export declare function Grid(props: { columns?: 1 | 2 | 3 | 4; children?: ReactNode }): ReactElement; // the most columns; fewer on small screens
export declare function Row(props: {
  gap?: 'small' | 'medium' | 'large';
  align?: 'start' | 'center' | 'end' | 'between';
  children?: ReactNode;
}): ReactElement;
export declare function Stack(props: {
  gap?: 'small' | 'medium' | 'large';
  children?: ReactNode;
}): ReactElement;

// ---- actions and fields --------------------------------------------------------------------------------------
export interface ButtonProps {
  variant?: 'primary' | 'secondary' | 'ghost' | 'danger';
  size?: 'small' | 'medium' | 'large';
  icon?: ReactNode;
  busy?: boolean;
  disabled?: boolean;
  type?: 'button' | 'submit';
  href?: string;
  onClick?: () => void;
  label?: string;
  children?: ReactNode;
}
export declare function Button(props: ButtonProps): ReactElement;
export declare function IconButton(props: {
  label: string;
  icon: ReactNode;
  onClick?: () => void;
  variant?: 'ghost' | 'secondary' | 'danger';
  disabled?: boolean;
  pressed?: boolean;
}): ReactElement;
export interface FieldProps {
  label: string;
  hint?: string;
  error?: string;
  required?: boolean;
  disabled?: boolean;
  name?: string;
  hideLabel?: boolean;
}
export declare function Field(
  props: FieldProps & {
    children: (control: {
      id: string;
      'aria-describedby'?: string;
      'aria-invalid'?: boolean;
      required?: boolean;
    }) => ReactNode;
  },
): ReactElement;
export declare function TextField(
  props: FieldProps & {
    value: string;
    onChange: (value: string) => void;
    type?: 'text' | 'email' | 'tel' | 'url' | 'password' | 'search';
    placeholder?: string;
    autoComplete?: string;
    maxLength?: number;
    autoFocus?: boolean;
  },
): ReactElement;
export declare function TextArea(
  props: FieldProps & {
    value: string;
    onChange: (value: string) => void;
    rows?: number;
    placeholder?: string;
    maxLength?: number;
  },
): ReactElement;
export declare function NumberField(
  props: FieldProps & {
    value: number | null;
    onChange: (value: number | null) => void;
    min?: number;
    max?: number;
    step?: number;
    unit?: string;
    placeholder?: string;
  },
): ReactElement;
export declare function DateField(
  props: FieldProps & {
    value: string;
    onChange: (value: string) => void;
    time?: boolean;
    min?: string;
    max?: string;
  },
): ReactElement; // 'YYYY-MM-DD', or 'YYYY-MM-DDTHH:mm' with time
export interface Option {
  value: string;
  label: string;
}
export declare function Select(
  props: FieldProps & {
    value: string;
    onChange: (value: string) => void;
    options: readonly (string | Option)[];
    placeholder?: string;
  },
): ReactElement;
export declare function Checkbox(props: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  hint?: string;
  disabled?: boolean;
  name?: string;
}): ReactElement;
export declare function SearchField(props: {
  value: string;
  onChange: (value: string) => void;
  label?: string;
  placeholder?: string;
}): ReactElement;
/** A <form>: onSubmit is called with valid native constraints; while its promise runs the buttons are busy. */
export declare function Form(props: {
  onSubmit: () => void | Promise<unknown>;
  submitLabel?: string;
  onCancel?: () => void;
  cancelLabel?: string;
  columns?: 1 | 2;
  children?: ReactNode;
}): ReactElement;
/** A whole form from a list of fields, for records of a collection. `initial` fills it (edit). Values are typed by field type. */
export interface RecordField {
  name: string;
  label: string;
  type:
    | 'text'
    | 'longtext'
    | 'number'
    | 'money'
    | 'date'
    | 'datetime'
    | 'boolean'
    | 'select'
    | 'email'
    | 'url'
    | 'phone';
  required?: boolean;
  options?: readonly (string | Option)[];
  unit?: string;
  placeholder?: string;
  hint?: string;
  min?: number;
  max?: number;
  step?: number;
  defaultValue?: string | number | boolean;
}
export type RecordValues = Record<string, string | number | boolean | null>;
export declare function RecordForm(props: {
  fields: readonly RecordField[];
  initial?: object;
  onSubmit: (values: RecordValues) => unknown;
  submitLabel?: string;
  onCancel?: () => void;
  columns?: 1 | 2;
  resetOnSubmit?: boolean;
}): ReactElement;

// ---- showing things ------------------------------------------------------------------------------------------
export interface Column<T> {
  key: string;
  label: string;
  type?:
    | 'text'
    | 'number'
    | 'money'
    | 'date'
    | 'datetime'
    | 'boolean'
    | 'email'
    | 'url'
    | 'phone'
    | 'badge'
    | 'longtext';
  unit?: string;
  currency?: string;
  sortable?: boolean;
  render?: (item: T) => ReactNode;
  sortValue?: (item: T) => string | number | null;
}
export interface DataTableProps<T extends { id: string }> {
  label: string;
  items: readonly T[];
  columns: readonly Column<T>[];
  loading?: boolean;
  error?: AppError | Error | string | null;
  onRetry?: () => void;
  search?: boolean;
  searchPlaceholder?: string;
  initialSort?: { key: string; direction: 'ascending' | 'descending' };
  pageSize?: number;
  rowActions?: (item: T) => ReactNode;
  onEdit?: (item: T) => void;
  onDelete?: (item: T) => void;
  toolbar?: ReactNode;
  empty?: ReactNode;
  itemName?: (item: T) => string;
}
/** Sortable, searchable, paged; rows become cards on a phone. onDelete asks for confirmation itself. */
export declare function DataTable<T extends { id: string }>(props: DataTableProps<T>): ReactElement;
export declare function EmptyState(props: {
  title: string;
  description?: string;
  icon?: ReactNode;
  action?: ReactNode;
}): ReactElement;
export declare function ErrorState(props: {
  error: AppError | Error | string;
  title?: string;
  onRetry?: () => void;
}): ReactElement;
export declare function Loading(props: {
  label?: string;
  kind?: 'lines' | 'cards' | 'table' | 'chart';
  count?: number;
}): ReactElement;
export type Tone = 'neutral' | 'primary' | 'info' | 'success' | 'warning' | 'danger';
export declare function Badge(props: { tone?: Tone; children?: ReactNode }): ReactElement;
export declare function SampleDataBadge(props: { show?: boolean }): ReactElement; // show default true
export declare function UpdatedAt(props: {
  time: string | null;
  onRefresh?: () => void;
  busy?: boolean;
}): ReactElement;
export declare function Stat(props: {
  label: string;
  value: ReactNode;
  unit?: string;
  change?: number;
  changeLabel?: string;
  hint?: string;
  icon?: ReactNode;
  loading?: boolean;
}): ReactElement; // change in per cent
export declare function Dialog(props: {
  open: boolean;
  title: string;
  description?: string;
  onClose: () => void;
  footer?: ReactNode;
  size?: 'small' | 'medium' | 'large';
  children?: ReactNode;
}): ReactElement | null;
export declare function ConfirmDialog(props: {
  open: boolean;
  title: string;
  message?: string;
  confirmLabel?: string;
  cancelLabel?: string;
  danger?: boolean;
  onConfirm: () => unknown;
  onClose: () => void;
}): ReactElement | null;
export declare function toast(
  message: string,
  options?: { tone?: Tone; action?: { label: string; onSelect: () => void } },
): void;
export declare function Tabs(props: {
  label: string;
  tabs: readonly { id: string; label: string; icon?: ReactNode; content: ReactNode }[];
}): ReactElement;
export declare function Progress(props: {
  label: string;
  value: number;
  max?: number;
  showValue?: boolean;
}): ReactElement;

// ---- sites ---------------------------------------------------------------------------------------------------
export declare function Hero(props: {
  title: string;
  subtitle?: string;
  eyebrow?: string;
  icon?: ReactNode;
  actions?: ReactNode;
  align?: 'start' | 'center';
  tone?: 'plain' | 'tinted' | 'primary';
}): ReactElement;
export interface PriceItem {
  name: string;
  description?: string;
  price?: number | string;
  tags?: readonly string[];
}
export interface PriceGroup {
  title?: string;
  description?: string;
  items: readonly PriceItem[];
}
export declare function PriceList(props: {
  groups: readonly PriceGroup[];
  currency?: string;
  search?: boolean;
}): ReactElement;
export interface DayHours {
  day: 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';
  hours: readonly { open: string; close: string }[];
} // '17:30'; [] = closed
export declare function OpeningHours(props: {
  days: readonly DayHours[];
  note?: string;
  labels?: Partial<Record<string, string>>;
}): ReactElement;
export declare function FeatureList(props: {
  items: readonly { title: string; description?: string; icon?: ReactNode }[];
  columns?: 1 | 2 | 3 | 4;
}): ReactElement;
export declare function Prose(props: { text: string }): ReactElement; // plain text: blank line = paragraph, "- " = list
export declare function ContactDetails(props: {
  address?: string;
  phone?: string;
  email?: string;
  website?: string;
}): ReactElement;

// ---- charts (recharts underneath) ----------------------------------------------------------------------------
export interface Series {
  key: string;
  label: string;
  color?: string;
}
export interface ChartProps {
  label: string;
  data: readonly object[];
  x: string;
  series: readonly Series[];
  height?: number;
  unit?: string;
  formatX?: (value: string) => string;
  formatY?: (value: number) => string;
  loading?: boolean;
  empty?: ReactNode;
}
export declare const LineChart: ComponentType<ChartProps>;
export declare const AreaChart: ComponentType<ChartProps>;
export declare const BarChart: ComponentType<ChartProps>;
export declare function PieChart(props: {
  label: string;
  data: readonly { name: string; value: number; color?: string }[];
  height?: number;
  formatValue?: (value: number) => string;
}): ReactElement;

// ---- formatting (the browser's language) ---------------------------------------------------------------------
export declare function formatNumber(
  value: number | null | undefined,
  options?: { unit?: string; digits?: number },
): string;
export declare function formatMoney(value: number | null | undefined, currency?: string): string;
export declare function formatPercent(value: number | null | undefined): string; // 1.25 -> "+1.25%"
export declare function formatDate(value: string | null | undefined): string;
export declare function formatDateTime(value: string | null | undefined): string;
