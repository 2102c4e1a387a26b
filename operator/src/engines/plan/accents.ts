// A colour for what an app is about, when the prompt names none: plants are green, pizza is tomato. Keyed by icon, which
// every kind of thing and business has. All are dark enough for white text.

/** Icon to accent colour. */
// biome-ignore format: a table reads best packed
const ACCENTS: Readonly<Record<string, string>> = {
  Sprout: '#15803d', Carrot: '#15803d', Leaf: '#15803d', Flower2: '#be185d', BookOpen: '#9a3412', BookUp: '#9a3412',
  ChefHat: '#c2410c', Utensils: '#c2410c', UtensilsCrossed: '#b45309', Pizza: '#b91c1c', Croissant: '#a16207', Coffee: '#78350f',
  IceCreamCone: '#be185d', Wine: '#881337', Martini: '#6d28d9', Beer: '#a16207', Cake: '#be185d', Soup: '#c2410c',
  Receipt: '#0f766e', Wallet: '#0f766e', PiggyBank: '#0f766e', CreditCard: '#0f766e', ReceiptText: '#0f766e', FileText: '#0f766e',
  Dumbbell: '#b91c1c', HeartPulse: '#b91c1c', Footprints: '#c2410c', Bike: '#0369a1', MountainSnow: '#0369a1', GlassWater: '#0369a1',
  Fish: '#0e7490', Plane: '#0369a1', PlaneTakeoff: '#0369a1', Hotel: '#0f766e', Camera: '#3f3f46', Music: '#6d28d9', Disc3: '#6d28d9',
  Clapperboard: '#7c3aed', Tv: '#7c3aed', Gamepad2: '#6d28d9', Moon: '#4338ca', CloudMoon: '#4338ca', Heart: '#be123c', Baby: '#0e7490',
  PawPrint: '#92400e', Egg: '#92400e', Hexagon: '#b45309', Bird: '#0369a1', Stethoscope: '#0e7490', Pill: '#0e7490', Syringe: '#0e7490',
  Scissors: '#be185d', Wrench: '#1d4ed8', Hammer: '#1d4ed8', Car: '#1d4ed8', Fuel: '#1d4ed8', Store: '#0f766e', GraduationCap: '#4338ca',
  Briefcase: '#1e40af', Boxes: '#1e40af', Package: '#92400e', Truck: '#1e40af', Bitcoin: '#b45309', ChartCandlestick: '#1d4ed8',
  CloudSun: '#0369a1', Newspaper: '#3f3f46', NotebookPen: '#7c3aed', StickyNote: '#a16207', Timer: '#b91c1c', ShoppingCart: '#15803d',
  Gift: '#be123c', Lightbulb: '#a16207', Telescope: '#4338ca', Palette: '#be185d', Users: '#1d4ed8', PartyPopper: '#be185d',
};

/** The accent of an icon, if it has one. */
export const accentOf = (icon: string): string | undefined => ACCENTS[icon];
