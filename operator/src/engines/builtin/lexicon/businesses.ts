// Kinds of business that people ask a site for, with the content a first version shows. It is a starting text for the
// owner to change, so it claims nothing: no awards, no invented people, plain prices.

/** One kind of business. `menu` groups are "Title: name | description | price; …". */
export interface BusinessRow {
  readonly kind: string;
  /** Words that name it, singular and plural, in several languages. */
  readonly words: RegExp;
  readonly icon: string;
  readonly tagline: string;
  readonly offers: readonly string[];
  /** How its list of prices is called. */
  readonly listTitle: string;
  readonly hours: 'restaurant' | 'shop' | 'early' | 'office' | 'evening' | 'daily';
  readonly about: string;
  readonly features: readonly (readonly [icon: string, title: string, text: string])[];
}

const FRESH = ['Leaf', 'Fresh every day', 'We buy from producers nearby and cook to order.'] as const;
const WARM = [
  'Heart',
  'Warm welcome',
  'Families, friends and single guests: everyone has a place here.',
] as const;
const CARE = ['ShieldCheck', 'Careful work', 'We take the time that good work needs.'] as const;
const PRICE = ['BadgeCheck', 'Clear prices', 'You know what it costs before we begin.'] as const;
const NEAR = ['MapPin', 'In your neighbourhood', 'Easy to reach, on foot or by bike.'] as const;
const EXPERT = ['Sparkles', 'Years of experience', 'We know our trade and keep learning.'] as const;

/** Every kind; the first whose words occur is taken. */
// biome-ignore format: one kind to a block
export const BUSINESSES: readonly BusinessRow[] = [
  {
    kind: 'pizzeria', words: /\b(?:pizzerias?|pizza(?: place| shop| restaurant| parlou?r| bar)?|trattoria)\b/i, icon: 'Pizza',
    tagline: 'Wood-fired pizza, fresh from the oven', listTitle: 'Menu', hours: 'restaurant',
    offers: [
      'Pizza: Margherita | Tomato, mozzarella, basil | 9.5; Marinara | Tomato, garlic, oregano | 8.5 | vegan; Prosciutto e funghi | Tomato, mozzarella, ham, mushrooms | 12; Diavola | Tomato, mozzarella, spicy salami | 12.5 | spicy; Quattro formaggi | Mozzarella, gorgonzola, fontina, parmesan | 13; Verdure | Tomato, mozzarella, grilled vegetables | 12 | vegetarian',
      'Starters: Bruschetta | Toasted bread, tomato, basil | 6.5 | vegan; Caprese | Tomato, mozzarella, olive oil | 8.5; Insalata mista | Mixed leaves and vegetables | 6 | vegan',
      'Desserts: Tiramisù | Mascarpone, espresso, cocoa | 6.5; Panna cotta | With berry sauce | 5.5',
      'Drinks: Mineral water | 0.5 l | 3; House wine | Red or white, 0.2 l | 5.5; Espresso | | 2.5',
    ],
    about: 'We bake our pizza in a wood-fired oven, from dough that rests for two days.\n\nCome in, sit down and eat with us, or take your pizza home.',
    features: [['Flame', 'Wood-fired oven', 'Two minutes at 450 degrees: crisp outside, soft inside.'], FRESH, WARM],
  },
  {
    kind: 'cafe', words: /\b(?:caf[eé]s?|coffee (?:shop|house|bar|roastery|place)|tea ?(?:room|house)|bistro)\b/i, icon: 'Coffee',
    tagline: 'Good coffee, homemade cake', listTitle: 'Menu', hours: 'early',
    offers: [
      'Coffee: Espresso | | 2.4; Cappuccino | | 3.6; Flat white | | 3.9; Filter coffee | Changing single origin | 3.5',
      'Cakes: Carrot cake | With cream cheese | 4.5; Cheesecake | With berries | 4.8; Banana bread | Vegan | 3.9 | vegan',
      'Breakfast: Granola bowl | Yoghurt, fruit, honey | 7.5; Avocado toast | Sourdough, egg | 9.5; Croissant | Butter and jam | 3.8',
    ],
    about: 'A quiet place for a good cup of coffee.\n\nOur cakes are baked here every morning, our beans come from small roasters.',
    features: [['Coffee', 'Freshly roasted', 'Beans from small roasters, ground for each cup.'], FRESH, WARM],
  },
  {
    kind: 'bakery', words: /\b(?:baker(?:y|ies)|boulangerie|b[aä]ckerei|patisserie|pâtisserie|cake shop|cupcakes?|donuts?)\b/i, icon: 'Croissant',
    tagline: 'Bread and pastry, baked before sunrise', listTitle: 'From our oven', hours: 'early',
    offers: [
      'Bread: Sourdough loaf | 750 g | 5.8 | vegan; Rye bread | 1 kg | 6.2 | vegan; Baguette | | 2.4 | vegan; Seed rolls | Four pieces | 3.6',
      'Pastry: Butter croissant | | 1.9; Cinnamon roll | | 2.9; Apple turnover | | 2.7',
      'Cakes: Chocolate cake | Whole, 12 slices | 32; Fruit tart | Seasonal | 28',
    ],
    about: 'Flour, water, salt and time: our bread needs nothing more.\n\nWe start baking at three in the morning, so that you get it fresh.',
    features: [['Wheat', 'Natural sourdough', 'Twenty-four hours of rest, no additives.'], FRESH, NEAR],
  },
  {
    kind: 'restaurant', words: /\b(?:restaurants?|sushi(?: bar)?|ramen|taco|taqueria|burger(?: joint| bar| place| shop)?|diner|steak ?house|grill|kebab|food ?truck|ristorante|eatery|gasthaus|brasserie|noodle bar|curry house|thai|indian|vegan kitchen|catering|caterer)\b/i, icon: 'UtensilsCrossed',
    tagline: 'Honest cooking, seasonal plates', listTitle: 'Menu', hours: 'restaurant',
    offers: [
      'Starters: Soup of the day | With bread | 7; Green salad | House dressing | 6.5 | vegan; Crispy vegetables | With dip | 8.5 | vegetarian',
      'Mains: Dish of the day | Ask us what it is | 16; Grilled fish | With lemon and herbs | 22; Braised beef | With mashed potatoes | 21; Vegetable curry | With rice | 15 | vegan',
      'Desserts: Chocolate mousse | | 7; Seasonal sorbet | | 5.5 | vegan',
      'Drinks: Homemade lemonade | 0.4 l | 4.5; House wine | 0.2 l | 6; Coffee | | 3',
    ],
    about: 'We cook what the season gives, with produce from the region.\n\nBook a table or just drop in.',
    features: [FRESH, WARM, ['Wine', 'Good wine', 'A short list, chosen with care.']],
  },
  {
    kind: 'bar', words: /\b(?:(?:cocktail |wine |beer )?bar|pub|brewery|taproom|night ?club|lounge|winery)\b/i, icon: 'Martini',
    tagline: 'Good drinks, good company', listTitle: 'Drinks', hours: 'evening',
    offers: [
      'Cocktails: Negroni | Gin, vermouth, bitter | 11; Old fashioned | Bourbon, bitters, orange | 12; Gin and tonic | | 10; Virgin mojito | Lime, mint, soda | 8 | no alcohol',
      'Beer and wine: Draught lager | 0.4 l | 5; Pale ale | 0.33 l | 5.5; House wine | 0.2 l | 6',
    ],
    about: 'A place for the evening: well-mixed drinks, quiet music, room to talk.',
    features: [WARM, ['Music', 'Live music', 'Now and then a small concert; ask us when.'], NEAR],
  },
  {
    kind: 'ice-cream', words: /\b(?:ice[- ]?cream|gelat(?:o|eria)|eisdiele)\b/i, icon: 'IceCreamCone', tagline: 'Made fresh every morning', listTitle: 'Flavours', hours: 'daily',
    offers: ['Scoops: Vanilla | | 2; Dark chocolate | | 2 | vegan; Strawberry | | 2 | vegan; Pistachio | | 2.3; Salted caramel | | 2.2; Lemon | | 2 | vegan'],
    about: 'We make our ice cream in the back of the shop, in small batches.', features: [FRESH, WARM, NEAR],
  },
  {
    kind: 'hair', words: /\b(?:hair ?(?:dresser|salon|stylist)s?|barber(?:shop|s)?|beauty (?:salon|studio)|nail (?:salon|studio)|coiffeur|friseur|spa|cosmetics?|tattoo(?: studio| parlou?r| artist)?)\b/i, icon: 'Scissors',
    tagline: 'Look good, feel good', listTitle: 'Services and prices', hours: 'shop',
    offers: ['Cut: Wash, cut and dry, short | 40 minutes | 38; Wash, cut and dry, long | 60 minutes | 58; Children up to 12 | 30 minutes | 24', 'Colour: Full colour | From | 65; Highlights | From | 85', 'Care: Deep treatment | 20 minutes | 22; Beard trim | 20 minutes | 18'],
    about: 'We listen first and cut second. Take your time, have a coffee, and leave happy.', features: [EXPERT, CARE, PRICE],
  },
  {
    kind: 'gym', words: /\b(?:gym|fitness(?: studio| club| centre| center)?|yoga(?: studio| teacher)?|pilates|crossfit|personal train(?:er|ing)|dance (?:school|studio)|martial arts|climbing (?:gym|hall)|boxing club)\b/i, icon: 'Dumbbell',
    tagline: 'Move more, together', listTitle: 'Prices', hours: 'daily',
    offers: ['Memberships: Monthly | Cancel any time | 59; Yearly | Twelve months | 590; Ten visits | Valid for a year | 140', 'Classes: Trial class | Once per person | 10; Single class | | 18; Personal training | 60 minutes | 75'],
    about: 'Small groups, trained coaches and no pressure: here you train at your own pace.', features: [EXPERT, WARM, ['Clock', 'Open early and late', 'Train before work, or after.']],
  },
  {
    kind: 'clinic', words: /\b(?:dentists?|dental|doctors?|clinic|physio(?:therap(?:y|ist))?|practice|vet(?:erinar(?:y|ian))?|therap(?:ist|y)|psycholog(?:ist|y)|massage|chiropract(?:or|ic)|optician|pharmacy|midwife)\b/i, icon: 'Stethoscope',
    tagline: 'In good hands', listTitle: 'Services', hours: 'office',
    offers: ['Treatments: First consultation | 45 minutes | 90; Follow-up | 30 minutes | 60; Check-up | 30 minutes | 70'],
    about: 'We take time for you, explain what we do, and never do more than is needed.', features: [CARE, EXPERT, ['CalendarCheck', 'Short waits', 'Urgent cases are seen the same day.']],
  },
  {
    kind: 'florist', words: /\b(?:florists?|flower shop|garden (?:centre|center)|landscap(?:er|ing)|gardener|blumenladen|nursery)\b/i, icon: 'Flower2', tagline: 'Flowers for every day', listTitle: 'Our flowers', hours: 'shop',
    offers: ['Bouquets: Small | Seasonal flowers | 18; Medium | Seasonal flowers | 32; Large | Seasonal flowers | 55', 'More: Potted plants | From | 9; Wedding bouquet | From | 95'],
    about: 'We tie every bouquet by hand, from flowers that are in season.', features: [FRESH, CARE, ['Truck', 'Delivery', 'Within the town on the same day.']],
  },
  {
    kind: 'photographer', words: /\b(?:photograph(?:er|y)(?: studio)?|videograph(?:er|y)|film ?maker)\b/i, icon: 'Camera', tagline: 'Pictures that last', listTitle: 'Packages', hours: 'office',
    offers: ['Packages: Portrait | One hour, ten pictures | 190; Family | Two hours, twenty pictures | 320; Wedding | Eight hours, all pictures | 1900'],
    about: 'I photograph people as they are: in their own light, without haste.', features: [CARE, PRICE, ['Image', 'All rights yours', 'Print and share the pictures as you like.']],
  },
  {
    kind: 'hotel', words: /\b(?:hotels?|hostels?|bed and breakfast|b&b|guest ?house|campsite|camping|holiday (?:home|flat|apartment)|vacation rental|ferienwohnung|chalet|airbnb)\b/i, icon: 'Hotel', tagline: 'Rest well', listTitle: 'Rooms and prices', hours: 'daily',
    offers: ['Rooms: Single room | Per night, breakfast included | 85; Double room | Per night, breakfast included | 120; Family room | Four beds, breakfast included | 165'],
    about: 'Quiet rooms, a good breakfast and a host who knows the area.', features: [WARM, ['Wifi', 'Free Wi-Fi', 'In all rooms.'], ['Coffee', 'Breakfast', 'From seven to ten, with regional food.']],
  },
  {
    kind: 'craft', words: /\b(?:plumb(?:er|ing)|electricians?|carpent(?:er|ry)|painters?|roof(?:er|ing)|handyman|mechanic|garage|car repair|locksmith|clean(?:er|ing)(?: company| service)?|mov(?:er|ing) company|builder|construction|joiner|tailor|shoemaker|bike (?:shop|repair)|solar)\b/i, icon: 'Wrench', tagline: 'Solid work, on time', listTitle: 'Services', hours: 'office',
    offers: ['Services: Visit and estimate | Free within the town | 0; Hour of work | Per person | 75; Emergency call | Evenings and weekends | 140'],
    about: 'We come when we said we would, and leave the place clean.', features: [CARE, PRICE, ['Clock', 'On time', 'You get a date, and we keep it.']],
  },
  {
    kind: 'shop', words: /\b(?:shops?|stores?|boutiques?|bookshops?|bookstores?|market|jewell?er(?:y|s)?|farm(?: shop)?|grocer(?:y|s)?|butcher|deli|antiques?|laden|merch)\b/i, icon: 'Store', tagline: 'Chosen with care', listTitle: 'What we sell', hours: 'shop',
    offers: ['Favourites: Gift box | A selection of our best | 39; House special | Only here | 24; Voucher | For any amount, from | 20'],
    about: 'A small shop with things we like ourselves. Come in and look around.', features: [CARE, WARM, NEAR],
  },
  {
    kind: 'school', words: /\b(?:schools?|tutor(?:ing|s)?|kindergarten|daycare|language (?:school|courses?)|music (?:school|teacher|lessons)|driving school|coach(?:ing)?|academy|university|workshops?)\b/i, icon: 'GraduationCap', tagline: 'Learn at your own pace', listTitle: 'Courses and prices', hours: 'office',
    offers: ['Courses: Trial lesson | 45 minutes | 0; Single lesson | 45 minutes | 45; Ten lessons | 45 minutes each | 410'],
    about: 'We teach in small groups or one to one, with patience and humour.', features: [EXPERT, WARM, PRICE],
  },
  {
    kind: 'band', words: /\b(?:band|musician|singer|dj|choir|orchestra|theat(?:re|er)|artist|museum|gallery|festival|cinema)\b/i, icon: 'Music', tagline: 'See you at the next show', listTitle: 'Tickets', hours: 'evening',
    offers: ['Tickets: Regular | | 18; Reduced | Students and seniors | 12; Supporter | With our thanks | 30'],
    about: 'We play what we love, loud or quiet, for anyone who listens.', features: [['Music', 'New programme', 'Songs and pieces that we have not shown before.'], WARM, NEAR],
  },
  {
    kind: 'club', words: /\b(?:clubs?|associations?|charit(?:y|ies)|non-?profits?|ngos?|church(?:es)?|community|verein|foundation|team|society|shelter|neighbou?rhood|scouts)\b/i, icon: 'Users', tagline: 'Together we do more', listTitle: 'Membership', hours: 'office',
    offers: ['Membership: Person | Per year | 40; Family | Per year | 70; Student | Per year | 20'],
    about: 'We are a group of people who do something together, and new faces are welcome.', features: [WARM, ['HandHeart', 'Run by volunteers', 'Every hand helps.'], NEAR],
  },
  {
    kind: 'agency', words: /\b(?:agency|agencies|consult(?:ant|ing|ancy)|law(?:yer| firm)|attorney|notary|architects?|accountants?|tax advis(?:or|er)|insurance|real estate(?: agent)?|bank|studio|freelancers?|developer|designer|it services?|marketing)\b/i, icon: 'Briefcase', tagline: 'Advice that helps', listTitle: 'Services', hours: 'office',
    offers: ['Services: First talk | 30 minutes | 0; Consulting | Per hour | 140; Project | Fixed price, by agreement | 2500'],
    about: 'We listen, think, and say clearly what we would do.', features: [EXPERT, PRICE, CARE],
  },
  {
    kind: 'product', words: /\b(?:startups?|start-ups?|saas|apps?|products?|software|platform|company|business|firma|service|website|site|web ?page|landing ?page|home ?page|brand|launch|portfolio|personal|resume|cv|wedding|event|conference|meetup)\b/i, icon: 'Rocket', tagline: 'Made to make things easier', listTitle: 'Plans', hours: 'office',
    offers: ['Plans: Basic | For one person | 0; Plus | For small teams | 12; Pro | For larger teams | 29'],
    about: 'We make something useful, and we keep it simple.', features: [['Zap', 'Quick to start', 'Ready in minutes, no training needed.'], CARE, PRICE],
  },
];
