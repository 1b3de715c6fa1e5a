// The style that was chosen last is chosen again. It lies in this browser and nowhere else.
const field = document.querySelector('select[name="style"]');
if (field) {
  const last = localStorage.getItem('style');
  if ([...field.options].some(({ value }) => value === last)) field.value = last;
  field.addEventListener('change', () => localStorage.setItem('style', field.value));
}
