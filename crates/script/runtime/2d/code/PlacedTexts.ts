import type {Color} from '@revideo/core';

/** Characters that the host takes at most. */
const MOST_CHARACTERS = 500_000;
/** Texts that it takes at most. */
const MOST_TEXTS = 150_000;

/** Texts at their places, on their way to the stage. */
export class PlacedTexts {
  private readonly texts: string[] = [];
  private readonly numbers: number[] = [];
  private characters = 0;

  public constructor(private readonly key: string) {}

  /**
   * Puts a text down; one that nobody would see is left out.
   *
   * @throws an error naming the node if it is too much.
   */
  public put(text: string, x: number, baseline: number, color: Color, opacity: number): void {
    const alpha = color.a * opacity;
    if (!(alpha > 0) || text.trim() === '') return;
    this.characters += text.length;
    this.texts.push(text);
    this.numbers.push(x, baseline, color.r, color.g, color.b, alpha);
    if (this.characters > MOST_CHARACTERS || this.texts.length > MOST_TEXTS) {
      throw new Error(
        `\`${this.key}\` shows more code than can be drawn: at most ${MOST_CHARACTERS} characters in ${MOST_TEXTS} pieces`,
      );
    }
  }

  /** The texts, a line for each, and six numbers of each. */
  public encode(): [string, number[]] | null {
    return this.texts.length === 0 ? null : [this.texts.join('\n').toWellFormed(), this.numbers];
  }
}
