/** Evaluates the rules of composite alarms, as CloudWatch does. Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html (read 2026-11-20) */

/** Matches a word of a rule: a bracket, an operator, a constant, or a function of an alarm's state. */
const WORD = /\s*(?:([()])|(AND|OR|NOT|TRUE|FALSE)\b|(ALARM|OK|INSUFFICIENT_DATA)\(\s*(?:"([^"]+)"|([^\s"()]+))\s*\))/iy;

/** A word, and the alarm that it refers to. */
interface Word {
  readonly text: string;
  readonly alarm?: string;
}

/**
 * Returns whether the rule of a composite alarm holds. NOT binds more than AND, and AND more than OR.
 *
 * @param rule the rule in CloudWatch's syntax
 * @param isIn returns whether an alarm is in a state
 * @throws an error for rules that CloudWatch refuses: unbalanced brackets, missing operands, unknown words
 */
export function holds(rule: string, isIn: (state: string, alarm: string) => boolean): boolean {
  const words = wordsOf(rule);
  const result = anyOf();
  if (words.length > 0) throw new Error(`"${words[0].text}" isn't expected in ${rule}`);
  return result;

  function takes(text: string): boolean {
    const isNext = words[0]?.text === text;
    if (isNext) words.shift();
    return isNext;
  }

  // All operands are read, even if the first decides, so that a mistake in the second is found.
  function anyOf(): boolean {
    let value = allOf();
    while (takes('OR')) value = allOf() || value;
    return value;
  }

  function allOf(): boolean {
    let value = operand();
    while (takes('AND')) value = operand() && value;
    return value;
  }

  function operand(): boolean {
    if (takes('NOT')) return !operand();
    if (takes('(')) {
      const value = anyOf();
      if (!takes(')')) throw new Error(`A bracket isn't closed in ${rule}`);
      return value;
    }
    const word = words.shift();
    if (word?.alarm !== undefined) return isIn(word.text, word.alarm);
    if (word?.text === 'TRUE' || word?.text === 'FALSE') return word.text === 'TRUE';
    throw new Error(`${word ? `"${word.text}" isn't expected` : 'An operand is missing'} in ${rule}`);
  }
}

function wordsOf(rule: string): Word[] {
  const words: Word[] = [];
  for (let at = 0; at < rule.trimEnd().length; at = WORD.lastIndex) {
    WORD.lastIndex = at;
    const word = WORD.exec(rule);
    if (!word) throw new Error(`"${rule.slice(at).trim()}" isn't a word in ${rule}`);
    const [, bracket, operator, state, quoted, plain] = word;
    words.push({ text: (bracket ?? operator ?? state).toUpperCase(), alarm: quoted ?? plain });
  }
  return words;
}
