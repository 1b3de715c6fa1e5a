import type Handlebars from 'handlebars';

type Engine = Pick<typeof Handlebars, 'SafeString' | 'escapeExpression'>;

/** A helper for templates of HTML: the text, in which each `https` address is a link. */
export function linked({ SafeString, escapeExpression }: Engine): (text: string) => Handlebars.SafeString {
  return (text) => {
    const pieces = text.split(/(https:\/\/[^\s;,()<>"']+)/).map(escapeExpression);
    return new SafeString(pieces.map((piece, at) => (at % 2 ? `<a href="${piece}">${piece}</a>` : piece)).join(''));
  };
}
