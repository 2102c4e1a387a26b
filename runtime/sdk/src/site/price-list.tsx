// A menu or price list: groups of names with prices, leaders between, tags and descriptions below.
import { type ReactElement, useState } from 'react';
import { SearchField } from '../controls/text-fields.tsx';
import { Badge } from '../display/badge.tsx';
import { EmptyState } from '../display/states.tsx';
import { formatMoney } from '../format.ts';
import { word } from '../words.ts';

/** One thing with a price; a price that is text is shown as it is. */
export interface PriceItem {
  name: string;
  description?: string;
  price?: number | string;
  tags?: readonly string[];
}

/** Things under one heading. */
export interface PriceGroup {
  title?: string;
  description?: string;
  items: readonly PriceItem[];
}

/** Properties of PriceList; `currency` is an ISO 4217 code. */
export interface PriceListProps {
  groups: readonly PriceGroup[];
  currency?: string;
  search?: boolean;
}

function Entry({ item, currency }: { item: PriceItem; currency: string }): ReactElement {
  const price = typeof item.price === 'number' ? formatMoney(item.price, currency) : item.price;
  return (
    <li className="fb-price">
      <div className="fb-price-line">
        <span className="fb-price-name">{item.name}</span>
        {item.tags?.map((tag) => (
          <Badge key={tag}>{tag}</Badge>
        ))}
        <span className="fb-leader" aria-hidden="true" />
        {price && <span className="fb-price-value">{price}</span>}
      </div>
      {item.description && <p className="fb-muted">{item.description}</p>}
    </li>
  );
}

/** Groups with the items that hold the searched text. */
export function searchGroups(groups: readonly PriceGroup[], search: string): PriceGroup[] {
  const text = search.trim().toLocaleLowerCase();
  const holds = (item: PriceItem): boolean =>
    [item.name, item.description ?? '', ...(item.tags ?? [])].join('\n').toLocaleLowerCase().includes(text);
  return groups
    .map((group) => ({ ...group, items: group.items.filter(holds) }))
    .filter((group) => group.items.length > 0);
}

/** A menu or price list. */
export function PriceList({ groups, currency = 'USD', search = false }: PriceListProps): ReactElement {
  const [text, setText] = useState('');
  const shown = text === '' ? groups : searchGroups(groups, text);
  return (
    <div className="fb-stack fb-gap-medium">
      {search && <SearchField value={text} onChange={setText} />}
      {shown.length === 0 && <EmptyState title={word('noMatch')} />}
      <div className={shown.length > 1 ? 'fb-price-groups' : undefined}>
        {shown.map((group, index) => (
          <div key={group.title ?? `group-${index}`} className="fb-card fb-price-group">
            {group.title && <h3>{group.title}</h3>}
            {group.description && <p className="fb-muted">{group.description}</p>}
            <ul>
              {group.items.map((item) => (
                <Entry key={item.name} item={item} currency={currency} />
              ))}
            </ul>
          </div>
        ))}
      </div>
    </div>
  );
}
