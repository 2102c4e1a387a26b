// A form and the collection of its answers. Answers belong to the owner of the app: visitors send, and do not read.
import type { BlueprintCollection, BlueprintSection } from '@faibric/crds';
import { accessOfPlan } from './access-of-plan.ts';
import type { Brief, WantedForm } from './brief.ts';
import { collectionName } from './thing-sections.ts';

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** Where the answers go. Only when the prompt wants them shown to visitors, everybody may read. */
export function formCollection(form: WantedForm, brief: Brief): BlueprintCollection {
  const taken = brief.things.some((thing) => collectionName(thing.plural) === collectionName(form.plural));
  return {
    name: taken ? `${collectionName(form.plural)}_sent` : collectionName(form.plural),
    label: capital(form.plural),
    singular: capital(form.singular),
    fields: [...form.fields],
    title: form.fields[0]?.name ?? 'name',
    access: accessOfPlan(form.listed === 'to-all' ? 'public-answers' : 'answers', brief.audience),
  };
}

/** Anchor of a form; apart from the site's section of the same name. */
export const formId = (form: WantedForm): string => `${form.kind}-form`;

/** The form, and where the prompt wants them seen, the answers. */
export function formSection(form: WantedForm, collection: BlueprintCollection): BlueprintSection[] {
  const section: BlueprintSection = {
    kind: 'form',
    id: formId(form),
    title: form.title,
    collection: collection.name,
    submit: form.submit,
    thanks: form.thanks,
  };
  const list: BlueprintSection = {
    kind: 'records',
    id: `${formId(form)}-list`,
    title: collection.label,
    collection: collection.name,
    view: 'table',
  };
  return form.listed ? [section, list] : [section];
}
