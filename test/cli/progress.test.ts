import { showProgress } from '../../src/cli/progress';

/** What a terminal shows at these times, in milliseconds after the beginning. */
function shownAt(times: number[], stream: { isTTY: boolean; columns: number } = { isTTY: true, columns: 80 }, problems = 0, phase = 'together') {
  const written: string[] = [];
  const now = jest.spyOn(Date, 'now').mockReturnValue(5000);
  const { show, end } = showProgress({ ...stream, write: (text: string) => written.push(text) > 0 } as never);
  times.forEach((time) => {
    now.mockReturnValue(5000 + time);
    show({ phase, requests: time, problems } as never);
  });
  end();
  now.mockRestore();
  return written.map((text) => text.replace('\r\u001b[2K', '|'));
}

test('is quiet in the first second, and then shows a line each tenth of a second', () => {
  expect(shownAt([0, 500, 999])).toEqual([]);
  expect(shownAt([999, 1000, 1099, 1100, 1199])).toEqual([
    '|together: 1000 requests, nothing found so far', '|together: 1100 requests, nothing found so far', '|',
  ]);
});

test('shows nothing in a pipe', () => {
  expect(shownAt([1000, 2000], { isTTY: false, columns: 80 })).toEqual([]);
});

test.each([[0, 'nothing found'], [1, '1 problem'], [2, '2 problems']])('counts %d problems', (problems, expected) => {
  expect(shownAt([1000], undefined, problems)[0]).toBe(`|together: 1000 requests, ${expected} so far`);
});

test.each([[20, 19], [undefined, 79]])('fits into a terminal of %p columns', (columns, length) => {
  expect(shownAt([1000], { isTTY: true, columns: columns as number }, 0, 'x'.repeat(100))[0]).toBe(`|${'x'.repeat(length)}`);
});
