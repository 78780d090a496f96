/** When the resources of a case were edited: a day for each state, and a resource that stays as it is keeps its day. */

export type EditedAt = (resource: { readonly id: string }) => string;

export function createCalendar(): { nextDay(): EditedAt } {
  const edits = new Map<string, { readonly text: string; readonly at: string }>();
  let day = 0;
  return {
    nextDay() {
      day += 1;
      const today = `2026-03-0${day}T08:00:00.000Z`;
      return (resource) => {
        const text = JSON.stringify(resource);
        const before = edits.get(resource.id);
        const at = before?.text === text ? before.at : today;
        edits.set(resource.id, { text, at });
        return at;
      };
    },
  };
}
