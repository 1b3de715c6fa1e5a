/** A path of the inventory for people: `outputs[].createdAt` as "outputs created at". */
export function fieldTitle(path: string): string {
  return path
    .replaceAll('[]', '')
    .replaceAll(/[._]/g, ' ')
    .replaceAll(/([a-z0-9])([A-Z])/g, (_, before: string, letter: string) => `${before} ${letter.toLowerCase()}`);
}
