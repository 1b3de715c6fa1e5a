// Comforts only: every page works without this file.
const SWITCH = 'kept.shortcuts';
const rows = () => [...document.querySelectorAll('.row-link')];
const target = (key) => document.querySelector(`[data-key="${key}"]`);
const dialog = document.querySelector('#help');
let leader = '';

function shortcutsOn() {
  try {
    return localStorage.getItem(SWITCH) !== 'off';
  } catch {
    return true;
  }
}

function move(step) {
  const all = rows();
  const at = all.indexOf(document.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step;
  all[Math.max(0, Math.min(all.length - 1, next))]?.focus();
}

function focusField(key) {
  const field = target(key);
  field?.focus();
  field?.scrollIntoView({ block: 'center' });
}

const keys = {
  j: () => move(1),
  k: () => move(-1),
  '/': () => focusField('/'),
  r: () => focusField('r'),
  n: () => focusField('n'),
  '?': () => dialog?.showModal(),
  gq: () => document.querySelector('.brand')?.click(),
};

function isTyping({ target: at }) {
  return at instanceof HTMLElement && (at.isContentEditable || /^(input|textarea|select)$/i.test(at.tagName));
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || dialog?.open || !shortcutsOn()) return;
  const act = keys[leader + event.key];
  leader = event.key === 'g' && leader === '' ? 'g' : '';
  if (!act) return;
  event.preventDefault();
  act();
});

document.querySelector('[data-help]')?.addEventListener('click', (event) => {
  if (!dialog || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  dialog.showModal();
});

for (const box of document.querySelectorAll('[data-shortcuts]')) {
  box.closest('[hidden]')?.removeAttribute('hidden');
  box.checked = shortcutsOn();
  box.addEventListener('change', () => {
    try {
      localStorage.setItem(SWITCH, box.checked ? 'on' : 'off');
    } catch {
      // A browser without storage keeps them on.
    }
  });
}

// A refresh waits while somebody reads elsewhere, has a detail open, or has a form begun in the part that it would replace.
document.addEventListener('htmx:beforeRequest', (event) => {
  const part = event.target;
  const begun = [...part.querySelectorAll('textarea, input:not([type="hidden"])')].some(
    (field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked,
  );
  if (document.hidden || begun || part.querySelector('details[open]')) event.preventDefault();
});

// A session that ended answers 401: the next click leads to the sign-in page, the part on screen stays.
document.addEventListener('htmx:responseError', (event) => {
  if (event.detail.xhr.status === 401) location.reload();
});
