import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Handlebars from 'handlebars';

/** Makes the HTML of a page: its template inside the layout. `around` is what the layout needs, `@base` and `@asset` the links. */
export type Views = (
  view: string,
  model: object,
  around: object,
  links: { base: string; asset: string; csrf: string },
) => string;

/** Compiles a folder of templates once; `partials/` holds their pieces. A field that a model lacks is an error. */
export function openViews(folder: string): Views {
  const handlebars = Handlebars.create();
  const options = { strict: true, knownHelpersOnly: true } as const;
  for (const [name, source] of templatesIn(path.join(folder, 'partials'))) {
    handlebars.registerPartial(name, handlebars.compile(source, options));
  }
  const pages = new Map([...templatesIn(folder)].map(([name, source]) => [name, handlebars.compile(source, options)]));
  const layout = pages.get('layout');
  if (!layout) throw new TypeError(`No layout.hbs in ${folder}`);

  return (view, model, around, links) => {
    const page = pages.get(view);
    if (!page) throw new TypeError(`No template ${view}.hbs`);
    const body = new Handlebars.SafeString(page(model, { data: links }));
    return layout({ ...around, view, body }, { data: links });
  };
}

function templatesIn(folder: string): [string, string][] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.hbs'))
    .map((file) => [path.basename(file, '.hbs'), readFileSync(path.join(folder, file), 'utf8').trimEnd()]);
}
