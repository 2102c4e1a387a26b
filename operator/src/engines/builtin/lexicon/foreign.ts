// Words of other languages for things of the lexicon: singular, plural, and the English word whose fields they take.

/** See the head of this file. */
// biome-ignore format: one language to a block
const ROWS: readonly string[] = [
  'Pflanze Pflanzen plants', 'Buch Bücher books', 'Rezept Rezepte recipes', 'Ausgabe Ausgaben expenses', 'Aufgabe Aufgaben tasks',
  'Eintrag Einkaufsliste shopping', 'Film Filme movies', 'Kontakt Kontakte contacts', 'Kunde Kunden customers', 'Gewohnheit Gewohnheiten habits',
  'Projekt Projekte projects', 'Termin Termine appointments', 'Rechnung Rechnungen invoices', 'Mitglied Mitglieder members',
  'Produkt Produkte products', 'Übung Übungen workouts', 'Reise Reisen trips', 'Hund Hunde dogs', 'Katze Katzen cats', 'Haustier Haustiere pets',
  'Wein Weine wines', 'Idee Ideen ideas', 'Ziel Ziele goals', 'Schüler Schüler students', 'Mitarbeiter Mitarbeiter employees', 'Lied Lieder songs',
  'Plante Plantes plants', 'Livre Livres books', 'Recette Recettes recipes', 'Dépense Dépenses expenses', 'Tâche Tâches tasks',
  'Article Courses shopping', 'Client Clients customers', 'Habitude Habitudes habits', 'Projet Projets projects', 'Facture Factures invoices',
  'Membre Membres members', 'Produit Produits products', 'Voyage Voyages trips', 'Chien Chiens dogs', 'Chat Chats pets', 'Élève Élèves students',
  'Planta Plantas plants', 'Libro Libros books', 'Receta Recetas recipes', 'Gasto Gastos expenses', 'Tarea Tareas tasks', 'Compra Compras shopping',
  'Película Películas movies', 'Contacto Contactos contacts', 'Cliente Clientes customers', 'Hábito Hábitos habits', 'Proyecto Proyectos projects',
  'Factura Facturas invoices', 'Miembro Miembros members', 'Producto Productos products', 'Viaje Viajes trips', 'Perro Perros dogs',
  'Pianta Piante plants', 'Libro Libri books', 'Ricetta Ricette recipes', 'Spesa Spese expenses', 'Attività Attività tasks', 'Contatto Contatti contacts',
  'Livro Livros books', 'Receita Receitas recipes', 'Despesa Despesas expenses', 'Tarefa Tarefas tasks', 'Filme Filmes movies',
  'Boek Boeken books', 'Recept Recepten recipes', 'Uitgave Uitgaven expenses', 'Taak Taken tasks', 'Klant Klanten customers',
];

/** One foreign word. */
export interface ForeignWord {
  readonly singular: string;
  readonly plural: string;
  readonly english: string;
}

/** By singular and plural, in lower case. */
export const FOREIGN: ReadonlyMap<string, ForeignWord> = new Map(
  ROWS.flatMap((row) => {
    const [singular = '', plural = '', english = ''] = row.split(' ');
    const word = { singular: singular.toLowerCase(), plural: plural.toLowerCase(), english };
    return [word.singular, word.plural].map((key): [string, ForeignWord] => [key, word]);
  }),
);

/** Scripts without spaces or with other letters: a piece of text that means a thing of the lexicon. */
// biome-ignore format: one meaning to a line
export const PIECES: readonly (readonly [RegExp, string])[] = [
  [/やること|タスク|待办|任务|할 ?일|задач|дела|مهام|कार्य|עבודות|משימות/u, 'tasks'],
  [/植物|植木|식물|растени|نبات|पौध/u, 'plants'],
  [/買い物|购物|장보기|쇼핑|покупок|покупки|تسوق|खरीदारी/u, 'shopping'],
  [/本|书|책|книг|كتب|किताब/u, 'books'],
  [/レシピ|食谱|레시피|рецепт|وصفات/u, 'recipes'],
  [/Gästebuch/iu, 'guest book'],
  [/支出|家計|费用|지출|가계부|расход|مصاريف|خर्च/u, 'expenses'],
];
