/** The core's check code -> words. */
const KINDS: Readonly<Record<number, string>> = {
  1: 'amounts or counts out of bounds on slot',
  2: 'task records and amounts disagree on slot',
  3: 'host ports miscounted on slot',
  4: 'ready state wrong on slot',
  5: 'free slot not clean:',
  6: 'task counts unsound of group',
  7: 'domain counts unsound of group',
  8: 'instances miscounted:',
  9: 'a placement index disagrees with the table',
  10: 'instances miscounted of attribute',
  11: 'capability sets miscounted:',
};

/** Empty when sound. */
export function brokenText(code: number): string[] {
  return code === 0 ? [] : [`${KINDS[code & 15] ?? `code ${code & 15}`} ${code >>> 4}`];
}
