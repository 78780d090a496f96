/** A year of commits at a glance: one column a week. */
import { html, type SafeHtml } from '@remix-run/html-template';
import { counted, shownDate } from './text.ts';

const WEEKS = 52;
const WEEK_MS = 7 * 86_400_000;
const HEIGHT = 40;
const STEP = 10;

/** @param dates of commits, in any order; what is older than a year is left out. */
export function renderActivity(dates: readonly Date[], now: Date): SafeHtml {
  const weeks = countWeeks(dates, now);
  const most = Math.max(1, ...weeks);
  const total = weeks.reduce((sum, count) => sum + count, 0);
  const label = `${counted(total, 'commit')} in the ${WEEKS} weeks before ${shownDate(now).slice(0, 10)}`;
  return html`<figure class="activity">
<svg viewBox="0 0 ${WEEKS * STEP} ${HEIGHT + 2}" role="img" aria-label="${label}" preserveAspectRatio="none">
${weeks.map((count, week) => {
  const height = count === 0 ? 2 : Math.max(5, Math.round((count / most) * HEIGHT));
  const start = shownDate(new Date(now.getTime() - (WEEKS - week) * WEEK_MS)).slice(0, 10);
  return html`<rect class="${count === 0 ? 'quiet' : 'busy'}" x="${week * STEP + 1}" y="${HEIGHT + 2 - height}" width="${STEP - 2}" height="${height}"><title>${counted(count, 'commit')} in the week from ${start}</title></rect>
`;
})}</svg>
<figcaption>${label}</figcaption>
</figure>`;
}

/** @returns how many commits each week has, the oldest first. */
function countWeeks(dates: readonly Date[], now: Date): readonly number[] {
  const weeks = Array.from({ length: WEEKS }, () => 0);
  for (const date of dates) {
    const age = Math.max(0, now.getTime() - date.getTime());
    const week = WEEKS - 1 - Math.floor(age / WEEK_MS);
    const count = weeks[week];
    if (count !== undefined) {
      weeks[week] = count + 1;
    }
  }
  return weeks;
}
