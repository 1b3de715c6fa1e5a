import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Request, Response } from 'express';
import Handlebars from 'handlebars';

/** Writes a page inside the layout. Everything in the model is escaped where it is shown. */
export type Render = (
  req: Request,
  res: Response,
  view: string,
  model: { title: string; [name: string]: unknown },
) => void;

const folder = path.join(import.meta.dirname, '../../views');

/** Compiles every view once. */
export function views(supportAddress: string): Render {
  const engine = Handlebars.create();
  engine.registerHelper('day', (at: Date | undefined) => at?.toISOString().slice(0, 10) ?? '');
  engine.registerHelper('minute', (at: Date | undefined) => at?.toISOString().slice(0, 16).replace('T', ' ') ?? '');
  engine.registerHelper('money', (amount: number, currency: string) => `${(amount / 100).toFixed(2)} ${currency}`);
  const compiled = new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith('.hbs'))
      .map((file) => [
        path.basename(file, '.hbs'),
        engine.compile(readFileSync(path.join(folder, file), 'utf8'), { strict: false }),
      ]),
  );

  const write = (view: string, model: object): string => {
    const template = compiled.get(view);
    if (!template) throw new Error(`no view ${view}`);
    return template(model, { allowProtoPropertiesByDefault: false });
  };
  engine.registerPartial('tile', compiled.get('tile') ?? '');

  return (req, res, view, model) => {
    const user = req.user && { name: req.user.name, id: req.user.id };
    const shared = { ...model, user, supportAddress };
    res.type('html').send(write('layout', { ...shared, body: new Handlebars.SafeString(write(view, shared)) }));
  };
}
