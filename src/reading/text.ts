/** A value that is complete only at deployment: text with references and unknown parts in it. */

/** A resource, or an attribute of it, inside a text. */
export interface ResourcePart {
  /** The key of the resource (see `ResourceView.key`). */
  readonly key: object;
  /** The attribute, such as `Arn`. `Ref` means the resource itself. */
  readonly attribute: string;
  /** A unique name of the resource. */
  readonly id: string;
}

/** A part that is known only at deployment. Parts with the same name are equal. */
export interface OpenPart {
  readonly open: string;
}

/** A piece of a text. */
export type Part = string | ResourcePart | OpenPart;

/** A text that is only partly known. */
export class Text {
  /** Joins pieces. The result is a plain string if all pieces are. */
  public static of(pieces: readonly unknown[]): string | Text {
    const parts: Part[] = [];
    for (const piece of pieces) {
      if (piece instanceof Text) piece.parts.forEach((part) => add(parts, part));
      else add(parts, String(piece));
    }
    const [first = '', ...others] = parts;
    return typeof first === 'string' && others.length === 0 ? first : new Text(parts);
  }

  /** Returns a value that isn't known, with a name to compare it by. */
  public static open(name: string, mayBeNothing = false): Text {
    return new Text([{ open: name }], mayBeNothing);
  }

  /** `mayBeNothing` says that the property may turn out to be left out. */
  constructor(public readonly parts: readonly Part[], public readonly mayBeNothing = false) {}

  /** Returns a string that is the same for equal texts. `${…}`, without colons or slashes inside, stands for unknown parts. */
  public toString(): string {
    return this.parts.map((part) => (typeof part === 'string' ? part : `\${${nameOf(part).replace(/[:/${}]/g, '.')}}`)).join('');
  }

  /** Returns the text around the references. */
  public around(): string {
    return this.parts.map((part) => (typeof part === 'string' ? part : '')).join('');
  }

  /** Returns each resource that the text refers to, with the text that follows. */
  public references(): { readonly key: object; readonly text: string }[] {
    return this.parts.flatMap((part, index) => {
      const next = this.parts[index + 1];
      return typeof part === 'object' && 'key' in part ? [{ key: part.key, text: typeof next === 'string' ? next : '' }] : [];
    });
  }

  /** Returns the only resource that the text refers to. Undefined if there is none, or if there are several. */
  public resource(): ResourcePart | undefined {
    const [resource, ...others] = this.parts.filter((part): part is ResourcePart => typeof part === 'object' && 'key' in part);
    return others.length === 0 ? resource : undefined;
  }
}

function add(parts: Part[], part: Part): void {
  const last = parts.length - 1;
  if (part === '') return;
  if (typeof part === 'string' && typeof parts[last] === 'string') parts[last] += part;
  else parts.push(part);
}

function nameOf(part: ResourcePart | OpenPart): string {
  return 'key' in part ? `${part.id}#${part.attribute}` : part.open;
}
