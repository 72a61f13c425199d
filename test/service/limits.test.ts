import { CURRENT_LIMITS, LIMITS } from '../../src/service/limits';

test.each(Object.entries(LIMITS))('%s says what it is, where it stands and when it was read', (name, limit) => {
  expect(limit.source).toMatch(/^https:\/\/(docs\.aws\.amazon\.com|aws\.amazon\.com|github\.com\/(boto|aws))\//);
  expect(limit.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  expect(limit.unit).not.toBe('');
  expect(limit.what).not.toBe('');
  expect(CURRENT_LIMITS[name as keyof typeof LIMITS]).toBe(limit.value);
});

test('tells where a warning begins from what AWS refuses', () => {
  const others = Object.entries(LIMITS).filter(([, { setBy }]) => setBy !== 'AWS').map(([name, { setBy }]) => [name, setBy]);

  expect(Object.fromEntries(others)).toEqual({
    versionsPerProviderNear: 'this library',
    vCpuCountProvenMin: 'CDK',
    providersPerStackMax: 'this library',
    scalingTargetHeadroomMax: 'this library',
  });
});
