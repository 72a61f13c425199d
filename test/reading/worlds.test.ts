import { UNKNOWN } from '../../src/reading/fact';
import { assume, assuming, hasValue, holds, inAnyWorld, inEachWorld, questions, Remembered, valueOf } from '../../src/reading/worlds';

/** How many questions a reader leaves open. */
function askedBy(read: () => unknown): number {
  const { asked } = questions;
  read();
  return questions.asked - asked;
}

describe('worlds', () => {
  test('are one if nothing is asked', () => {
    expect(inEachWorld(() => 'a')).toEqual(['a']);
  });

  test('combine the answers to all questions', () => {
    expect(inEachWorld(() => [holds('a'), holds('b'), holds('a')])).toEqual([
      [true, true, true], [true, false, true], [false, true, false], [false, false, false],
    ]);
  });

  test('give a subject one value at most', () => {
    expect(inEachWorld(() => [hasValue('stage', 'prod'), hasValue('stage', 'dev')])).toEqual([[true, false], [false, true], [false, false]]);
  });

  test('give a subject one of its possible values', () => {
    const possible = ['prod', 'dev', 'test'];

    expect(inEachWorld(() => valueOf('stage', possible))).toEqual(possible);
    expect(inEachWorld(() => valueOf('stage', ['prod', 'prod']))).toEqual(['prod']);
    expect(inEachWorld(() => hasValue('stage', 'other', possible))).toEqual([false]);
    expect(inEachWorld(() => [hasValue('stage', 'prod', possible), hasValue('stage', 'dev', possible), hasValue('stage', 'test', possible)])).toEqual([
      [true, false, false], [false, true, false], [false, false, true],
    ]);
  });

  test('tell the value of a subject once it is decided', () => {
    expect(inEachWorld(() => [valueOf('stage'), hasValue('stage', 'prod'), valueOf('stage'), valueOf('other')])).toEqual([
      [undefined, true, 'prod', undefined], [undefined, false, undefined, undefined],
    ]);
    expect(valueOf('stage')).toBeUndefined();
  });

  test('are 64 at most; with more, everything is unknown', () => {
    const decisions = (count: number) => inEachWorld(() => Array.from({ length: count }, (_, index) => hasValue('stage', `${index}`)).filter(Boolean).length);

    expect(decisions(63)).toEqual([...Array.from({ length: 63 }, () => 1), 0]);
    expect(decisions(64)).toEqual([0]);
    expect(inEachWorld(() => Array.from({ length: 6 }, (_, index) => holds(`${index}`)))).toHaveLength(64);
  });

  test('end where their reader throws', () => {
    expect(() => inEachWorld(() => {
      throw new Error('broken');
    })).toThrow('broken');
    expect(holds('a')).toBeUndefined();
  });

  test('inside a world don\'t change it', () => {
    expect(inEachWorld(() => [holds('a'), inEachWorld(() => holds('b')), holds('a')])).toEqual([[true, [true, false], true], [false, [true, false], false]]);
  });
});

test('outside of worlds, each question is counted', () => {
  expect(askedBy(() => holds('a'))).toBe(1);
  expect(askedBy(() => hasValue('stage', 'other', ['prod']))).toBe(0);
  expect(askedBy(() => inEachWorld(() => holds('a')))).toBe(0);
  expect(askedBy(() => assume(1, 'one'))).toBe(1);
  expect(askedBy(() => assuming(() => assume(1, 'one')))).toBe(0);
});

describe('in any world', () => {
  test('a reader is called once if it asks nothing', () => {
    const read = jest.fn(() => 'a');

    expect(inAnyWorld(read)).toEqual(['a']);
    expect(read).toHaveBeenCalledTimes(1);
  });

  test('all answers count, also those of other worlds than the current one', () => {
    expect(inAnyWorld(() => holds('a'))).toEqual([true, false]);
    expect(inEachWorld(() => [holds('a'), inAnyWorld(() => holds('a'))])).toEqual([[true, [true, false]], [false, [true, false]]]);
  });

  test('nothing is assumed', () => {
    expect(assuming(() => [inAnyWorld(() => assume(1, 'one')), assume(2, 'two')])).toEqual({ result: [[UNKNOWN], 2], assumed: ['two'] });
  });

  test('a reader that throws leaves the current world as it was', () => {
    expect(inEachWorld(() => {
      holds('a');
      expect(() => inAnyWorld(() => {
        throw new Error('broken');
      })).toThrow('broken');
      return holds('a');
    })).toEqual([true, false]);
  });
});

describe('assumptions', () => {
  test('are listed, each once, and can be withheld', () => {
    const read = () => [assume(1, 'one'), assume(2, 'two'), assume(1, 'one')];

    expect(assuming(read)).toEqual({ result: [1, 2, 1], assumed: ['one', 'two'] });
    expect(assuming(read, 'one')).toEqual({ result: [UNKNOWN, 2, UNKNOWN], assumed: ['two'] });
    expect(read()).toEqual([UNKNOWN, UNKNOWN, UNKNOWN]);
  });

  test('end where their reader throws, and inner ones don\'t reach outer ones', () => {
    expect(() => assuming(() => {
      throw new Error('broken');
    })).toThrow('broken');
    expect(assume(1, 'one')).toBe(UNKNOWN);
    expect(assuming(() => [assuming(() => assume(1, 'one'), 'one').result, assume(1, 'one'), assuming(() => assume(2, 'two')).result])).toEqual({ result: [UNKNOWN, 1, 2], assumed: ['one'] });
  });
});

describe('what is remembered', () => {
  const [key, other] = [{}, {}];

  test('is read once for each key', () => {
    const remembered = new Remembered<string>();
    const read = jest.fn(() => 'a');

    expect([remembered.get(key, read), remembered.get(key, read), remembered.get(other, () => 'b')]).toEqual(['a', 'a', 'b']);
    expect(read).toHaveBeenCalledTimes(1);
  });

  test('is read again inside worlds and under assumptions', () => {
    const remembered = new Remembered<unknown>();

    expect(remembered.get(key, () => holds('a'))).toBeUndefined();
    expect(inEachWorld(() => remembered.get(key, () => holds('a')))).toEqual([true, false]);
    expect(assuming(() => remembered.get(key, () => assume(1, 'one'))).result).toBe(1);
    expect(remembered.get(key, () => 'again')).toBeUndefined();
  });

  test('asks its questions each time, but once at a time', () => {
    const remembered = new Remembered<unknown>();
    const ask = () => remembered.get(key, () => [holds('a'), holds('b')]);

    expect([askedBy(ask), askedBy(ask), askedBy(ask)]).toEqual([2, 1, 1]);
    const plain = () => remembered.get(other, () => 'a');
    expect([askedBy(plain), askedBy(plain)]).toEqual([0, 0]);
  });
});
