import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Request, Response } from 'express';
import Handlebars from 'handlebars';
import { packageFile } from '../packageFile.ts';
import { visitorOf } from './guards.ts';

/** Writes a page inside the layout. Everything in the model is escaped where it is shown. */
export type Render = (
  req: Request,
  res: Response,
  view: string,
  model: { title: string; [name: string]: unknown },
) => void;

export interface ViewOptions {
  readonly title: string;
  readonly supportAddress: string;
  /** Views of a variant: beside the shared ones, and in place of those of the same name. */
  readonly own?: string;
}

/** Compiles every view once. */
export function views({ title, supportAddress, own }: ViewOptions): Render {
  const engine = Handlebars.create();
  engine.registerHelper('day', (at: Date | undefined) => at?.toISOString().slice(0, 10) ?? '');
  engine.registerHelper('minute', (at: Date | undefined) => at?.toISOString().slice(0, 16).replace('T', ' ') ?? '');
  engine.registerHelper('money', (amount: number, currency: string) => `${(amount / 100).toFixed(2)} ${currency}`);
  const compiled = new Map(
    [packageFile('views'), ...(own ? [own] : [])].flatMap((folder) =>
      readdirSync(folder)
        .filter((file) => file.endsWith('.hbs'))
        .map((file) => [
          path.basename(file, '.hbs'),
          engine.compile(readFileSync(path.join(folder, file), 'utf8'), { strict: false }),
        ]),
    ),
  );

  const write = (view: string, model: object): string => {
    const template = compiled.get(view);
    if (!template) throw new Error(`no view ${view}`);
    return template(model, { allowProtoPropertiesByDefault: false });
  };
  engine.registerPartial('tile', compiled.get('tile') ?? '');

  return (req, res, view, model) => {
    const visitor = visitorOf(req);
    const user = visitor && { name: visitor.name, id: visitor.id };
    const shared = { ...model, user, brand: title, supportAddress };
    res.type('html').send(write('layout', { ...shared, body: new Handlebars.SafeString(write(view, shared)) }));
  };
}
