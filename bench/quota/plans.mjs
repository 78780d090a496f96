/** The monthly number of Postman API calls of each plan. */

/**
 * From https://github.com/api-evangelist/postman (rate-limits.yml, May 2026), which says of itself that it is
 * generated; older sources give a tenth of it. The smallest first. `quota`: absent when there is no limit.
 * @type {readonly { name: string, quota?: number }[]}
 */
export const plans = [
  { name: 'Free', quota: 10_000 },
  { name: 'Solo', quota: 100_000 },
  { name: 'Team', quota: 1_000_000 },
  { name: 'Enterprise', quota: 10_000_000 },
  { name: 'unlimited' },
];
