/** Steps written short: 12.5k, 1.5M. */
export function shortStep(step: number): string {
  if (step >= 1e6) return `${Number((step / 1e6).toFixed(2))}M`;
  if (step >= 1e4) return `${Number((step / 1e3).toFixed(1))}k`;
  return String(step);
}
