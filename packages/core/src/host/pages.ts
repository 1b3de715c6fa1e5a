import { readFileSync } from 'node:fs';
import type { Request, Response } from 'express';
import Handlebars from 'handlebars';
import { letterWords } from '../adapters/letters/letterWords.ts';
import type { Right } from '../kernel/classify/right.ts';
import type { Policy } from '../kernel/policy/policy.ts';

type PageName =
  | 'ask'
  | 'confirm'
  | 'conversation'
  | 'cookies'
  | 'message'
  | 'overview'
  | 'package'
  | 'pictured'
  | 'report'
  | 'request'
  | 'support'
  | 'told'
  | 'unsubscribe';

/** Answers with one of the pages. */
export type Send = (req: Request, res: Response, page: PageName, title: string, model?: object) => void;

const read = (file: string): string => readFileSync(new URL(`../../pages/${file}`, import.meta.url), 'utf8');

/** The few pages that people see: plain HTML that needs no script. */
export function pages(policyOf: () => Policy): {
  html(page: PageName, base: string, title: string, model?: object): string;
  css: string;
  /** Completes "you ask us", in the words of the letters. */
  asked: Readonly<Record<Right, string>>;
  /** "2 April 2026" for 2026-04-02, as in letters. */
  day(this: void, date: string): string;
} {
  const asked: Readonly<Record<Right, string>> = JSON.parse(read('../templates/parts/rights.en.json'));
  const { day, count } = letterWords('en', asked);
  const engine = Handlebars.create();
  engine.registerHelper({ day, count });
  const compile = (name: string): Handlebars.TemplateDelegate => engine.compile(read(`${name}.hbs`), { strict: false });
  const layout = compile('layout');
  const compiled = {
    ask: compile('ask'),
    confirm: compile('confirm'),
    conversation: compile('conversation'),
    cookies: compile('cookies'),
    message: compile('message'),
    overview: compile('overview'),
    package: compile('package'),
    pictured: compile('pictured'),
    report: compile('report'),
    request: compile('request'),
    support: compile('support'),
    told: compile('told'),
    unsubscribe: compile('unsubscribe'),
  };

  return {
    html(page, base, title, model = {}) {
      const { controller, cookies } = policyOf();
      const { name, contact } = controller;
      const body = compiled[page]({ ...model, base, title });
      return layout({ title, base, body, hasCookies: cookies.length > 0, controller: { name, contact } });
    },
    css: read('page.css'),
    asked,
    day,
  };
}
