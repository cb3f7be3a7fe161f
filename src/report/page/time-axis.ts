/** Steps of time axes, in seconds: those that people count in. Used by all charts. */

export const TIME_STEPS = [
  ...[0.1, 0.5, 1, 2, 5, 10, 15, 30],
  ...[60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400, 172_800, 604_800],
];
