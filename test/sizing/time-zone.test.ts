import { ZonedTime } from '../../src/sizing/time-zone';

const at = (zone: string, year: number, month: number, day: number, minute: number) => {
  const instant = ZonedTime.of(zone).instant({ year, month, day }, minute);
  return instant === undefined ? undefined : new Date(instant).toISOString();
};

test.each<[string, [number, number, number], number, string | undefined]>([
  ['Etc/UTC', [2026, 1, 1], 0, '2026-01-01T00:00:00.000Z'],
  ['Europe/Berlin', [2026, 1, 15], 8 * 60, '2026-01-15T07:00:00.000Z'],
  ['Europe/Berlin', [2026, 7, 15], 8 * 60 + 1, '2026-07-15T06:01:00.000Z'],
  // Clocks skip 2:00 to 3:00 on 2026-03-29, and repeat it on 2026-10-25.
  ['Europe/Berlin', [2026, 3, 29], 119, '2026-03-29T00:59:00.000Z'],
  ['Europe/Berlin', [2026, 3, 29], 120, undefined],
  ['Europe/Berlin', [2026, 3, 29], 179, undefined],
  ['Europe/Berlin', [2026, 3, 29], 180, '2026-03-29T01:00:00.000Z'],
  ['Europe/Berlin', [2026, 10, 25], 120, '2026-10-25T00:00:00.000Z'],
  ['Europe/Berlin', [2026, 10, 25], 179, '2026-10-25T00:59:00.000Z'],
  ['Europe/Berlin', [2026, 10, 25], 180, '2026-10-25T02:00:00.000Z'],
  ['Asia/Tokyo', [2026, 5, 1], 60, '2026-04-30T16:00:00.000Z'],
  ['America/New_York', [2026, 12, 31], 23 * 60, '2027-01-01T04:00:00.000Z'],
])('in %s, on %p, minute %d is at %s', (zone, [year, month, day], minute, expected) => {
  expect(at(zone, year, month, day, minute)).toBe(expected);
});

test.each<[string, [number, number, number], string]>([
  ['Europe/Berlin', [2026, 3, 29], '2026-03-28T23:00:00.000Z'],
  ['Etc/UTC', [2026, 1, 1], '2026-01-01T00:00:00.000Z'],
  // Clocks skip midnight: the day begins at 1:00.
  ['Africa/Cairo', [2026, 4, 24], '2026-04-23T22:00:00.000Z'],
  ['Asia/Beirut', [2026, 3, 29], '2026-03-28T22:00:00.000Z'],
])('in %s, %p begins at %s', (zone, [year, month, day], expected) => {
  expect(new Date(ZonedTime.of(zone).startOf({ year, month, day })).toISOString()).toBe(expected);
});

test.each([['Europe/Berlin', true], ['Australia/Sydney', true], ['Asia/Tokyo', false], ['Etc/UTC', false]])('%s has summer time: %s', (zone, has) => {
  expect(ZonedTime.of(zone).hasSummerTime).toBe(has);
});

test('knows zones by name', () => {
  expect(['Asia/Kathmandu', 'Etc/UTC', 'Mars/Olympus', ''].map((name) => ZonedTime.isZone(name))).toEqual([true, true, false, false]);
  expect(ZonedTime.of('Asia/Kolkata').offsetAt(0)).toBe(5.5 * 3_600_000);
});

test('creates the formatter of a zone once', () => {
  const zone = ZonedTime.of('Asia/Yangon');
  const format = jest.spyOn(Intl, 'DateTimeFormat');

  expect(ZonedTime.of('Asia/Yangon')).toBe(zone);
  expect(ZonedTime.isZone('Asia/Yangon')).toBe(true);
  expect(format).not.toHaveBeenCalled();
  format.mockRestore();
});
