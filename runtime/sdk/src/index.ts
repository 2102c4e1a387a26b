// @faibric/app: everything that an app may import from us, and the only barrel of this package. Names and props are a
// contract with the composer, with models (docs/reference/sdk.md) and with every app already built: add, never rename.

export type { ChartProps, PieChartProps, Series } from './charts/chart-props.ts';
export { AreaChart, BarChart, LineChart, PieChart } from './charts/charts.tsx';
export { Button, type ButtonProps, IconButton, type IconButtonProps } from './controls/button.tsx';
export { type ControlProps, Field, type FieldProps } from './controls/field.tsx';
export { Form, type FormProps } from './controls/form.tsx';
export {
  type RecordField,
  RecordForm,
  type RecordFormProps,
  type RecordValues,
} from './controls/record-form.tsx';
export {
  SearchField,
  type SearchFieldProps,
  TextArea,
  type TextAreaProps,
  TextField,
  type TextFieldProps,
} from './controls/text-fields.tsx';
export {
  Checkbox,
  type CheckboxProps,
  DateField,
  type DateFieldProps,
  NumberField,
  type NumberFieldProps,
  type Option,
  Select,
  type SelectProps,
} from './controls/value-fields.tsx';
export type { AppError } from './data/app-error.ts';
export type { Collection, UpdateOptions } from './data/collection.ts';
export type { Item } from './data/document.ts';
export type { CoinQuote, PricePoint, StockQuote, Weather } from './data/gateway-shapes.ts';
export type { CollectionOptions, FieldFilter, Filter } from './data/list-query.ts';
export { useCollection } from './data/use-collection.ts';
export { type DocumentState, useDocument } from './data/use-document.ts';
export { type GatewayRequest, type GatewayState, useGateway } from './data/use-gateway.ts';
export { type Tally, useTally } from './data/use-tally.ts';
export { type User, type UserState, useUser } from './data/use-user.ts';
export { Badge, SampleDataBadge, type Tone } from './display/badge.tsx';
export { type Column, DataTable, type DataTableProps } from './display/data-table.tsx';
export { ConfirmDialog, type ConfirmDialogProps, Dialog, type DialogProps } from './display/dialog.tsx';
export { Progress, Stat, type StatProps, UpdatedAt } from './display/stat.tsx';
export {
  EmptyState,
  type EmptyStateProps,
  ErrorState,
  type ErrorStateProps,
  Loading,
} from './display/states.tsx';
export { type Tab, Tabs } from './display/tabs.tsx';
export {
  formatDate,
  formatDateTime,
  formatMoney,
  formatNumber,
  formatPercent,
  formatTime,
} from './format.ts';
export { AppShell, type AppShellProps, type NavItem } from './layout/app-shell.tsx';
export { Grid, Row, type RowProps, Stack } from './layout/arrange.tsx';
export { Card, type CardProps } from './layout/card.tsx';
export { Section, type SectionProps } from './layout/section.tsx';
export { FeatureList, type FeatureListProps, Hero, type HeroProps } from './site/hero.tsx';
export { Login, SignedIn, SignInButton, UserMenu } from './site/login.tsx';
export { type DayHours, OpeningHours, type OpeningHoursProps } from './site/opening-hours.tsx';
export { type PriceGroup, type PriceItem, PriceList, type PriceListProps } from './site/price-list.tsx';
export { ContactDetails, type ContactDetailsProps, Prose } from './site/text-blocks.tsx';
export { type Theme, ThemeProvider } from './theme/theme-provider.tsx';
export { type ToastOptions, toast } from './toaster.tsx';
