/** Dates that `registeredAt` is compared with. The parser has checked their form: only their meaning is found here. */

/** Seconds since 1970 UTC: no time means midnight, no zone means UTC (docs/fidelity.md). */
export function secondsOfDate(text: string): number {
  const date = text.slice(0, 10);
  const time = text.slice(11, 19) || '00:00:00';
  const zone = text.slice(19);
  return Date.parse(`${date}T${time}Z`) / 1000 - secondsOfZone(zone);
}

/** `+01:30` is 5400; `Z` and nothing are 0. */
function secondsOfZone(zone: string): number {
  if (zone === '' || zone === 'Z') return 0;
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number);
  const seconds = hours * 3600 + minutes * 60;
  return zone.startsWith('-') ? -seconds : seconds;
}
