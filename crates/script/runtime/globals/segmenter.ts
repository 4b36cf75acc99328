import {native} from './native';

type Granularity = 'grapheme' | 'word' | 'sentence';

interface Segment {
  segment: string;
  index: number;
  input: string;
  isWordLike?: boolean;
}

/** The parts of a text. */
class Segments {
  #input: string;
  #granularity: Granularity;
  constructor(input: string, granularity: Granularity) {
    this.#input = input;
    this.#granularity = granularity;
  }
  containing(index = 0): Segment | undefined {
    return [...this].find(one => index >= one.index && index < one.index + one.segment.length);
  }
  *[Symbol.iterator](): IterableIterator<Segment> {
    const input = this.#input;
    const found = native.segments(input, this.#granularity);
    for (let i = 0; i + 1 < found.length; i += 2) {
      const index = found[i];
      const segment = input.slice(index, found[i + 2] ?? input.length);
      const isWord = this.#granularity === 'word' ? {isWordLike: found[i + 1] === 1} : {};
      yield {segment, index, input, ...isWord};
    }
  }
}

/** Letters, words and sentences as readers see them; the same in all languages. */
class Segmenter {
  #granularity: Granularity;
  #locale: string;
  constructor(locales?: string | string[], options: {granularity?: Granularity} = {}) {
    this.#locale = String((Array.isArray(locales) ? locales[0] : locales) ?? 'en-US');
    this.#granularity = options.granularity ?? 'grapheme';
    if (!['grapheme', 'word', 'sentence'].includes(this.#granularity)) {
      throw new RangeError(`Intl.Segmenter: there is no granularity \`${this.#granularity}\``);
    }
  }
  segment(input: string): Segments {
    return new Segments(String(input), this.#granularity);
  }
  resolvedOptions() {
    return {locale: this.#locale, granularity: this.#granularity};
  }
  static supportedLocalesOf(locales: string | string[]): string[] {
    return [locales].flat();
  }
}

export {Segmenter};
