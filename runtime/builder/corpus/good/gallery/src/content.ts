import type { DayHours, PriceGroup } from '@faibric/app';

export const plants = [
  { id: '1', createdAt: '', updatedAt: '', name: 'Monstera', species: 'Monstera deliciosa', interval: 7, watered: '2026-01-12', indoor: true },
  { id: '2', createdAt: '', updatedAt: '', name: 'Basil', species: 'Ocimum basilicum', interval: 2, watered: '2026-01-14', indoor: false },
  { id: '3', createdAt: '', updatedAt: '', name: 'Snake plant with a rather long name', species: 'Dracaena trifasciata', interval: 21, watered: '2026-01-02', indoor: true },
];

export const points = Array.from({ length: 30 }, (_, i) => ({
  time: new Date(Date.UTC(2026, 0, 1 + i)).toISOString(),
  close: 180 + Math.sin(i / 4) * 8 + i / 3,
  other: 170 + Math.cos(i / 5) * 9 + i / 2,
}));

export const menu: PriceGroup[] = [
  { title: 'Pizza', items: [
    { name: 'Margherita', description: 'Tomato, fior di latte, basil', price: 8.5, tags: ['vegetarian'] },
    { name: 'Diavola', description: 'Spicy salami, chilli, olives', price: 11 },
    { name: 'Quattro formaggi', description: 'Four cheeses and honey', price: 12.5, tags: ['vegetarian'] },
  ] },
  { title: 'Antipasti', description: 'To begin with', items: [{ name: 'Bruschetta', price: 5 }, { name: 'Caprese', price: 7.5 }] },
  { title: 'Drinks', items: [{ name: 'House wine, 0.5 l', price: 9 }, { name: 'Water', price: 2.5 }, { name: 'Wine of the day', price: 'ask us' }] },
];

const evening = [{ open: '18:00', close: '23:00' }];
export const week: DayHours[] = [
  { day: 'monday', hours: [] },
  { day: 'tuesday', hours: evening },
  { day: 'wednesday', hours: evening },
  { day: 'thursday', hours: evening },
  { day: 'friday', hours: [{ open: '12:00', close: '14:30' }, { open: '18:00', close: '02:00' }] },
  { day: 'saturday', hours: [{ open: '18:00', close: '02:00' }] },
  { day: 'sunday', hours: [{ open: '12:00', close: '22:00' }] },
];
