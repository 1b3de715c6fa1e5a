import sanitizeHtml from 'sanitize-html';

const BLOCKS = [
  'p',
  'div',
  'tr',
  'table',
  'ul',
  'ol',
  'blockquote',
  'pre',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'section',
];
const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };

/** Plain text of an HTML mail: blocks become lines, list items get a dash, scripts and styles vanish. For reading, not for display as HTML. */
export function textOfHtml(html: string): string {
  const sparse = sanitizeHtml(html, {
    allowedTags: [...BLOCKS, 'br', 'li', 'td', 'th'],
    allowedAttributes: {},
    nonTextTags: ['script', 'style', 'title'],
    nestingLimit: 500,
  });
  return sparse
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/<li>/g, '\n- ')
    .replaceAll(/<\/t[dh]>/g, ' ')
    .replaceAll(/<\/li>/g, '')
    .replaceAll(/<br ?\/?>/g, '\n')
    .replaceAll(/<[^>]*>/g, '\n')
    .replaceAll(/&(?:lt|gt|quot|amp);/g, (entity) => ENTITIES[entity] ?? entity)
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}
