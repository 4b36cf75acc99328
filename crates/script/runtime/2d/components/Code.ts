import {BBox, Color, Vector2, map, unwrap, useLogger} from '@revideo/core';
import type {SignalValue, SimpleSignal} from '@revideo/core';
import {CodeSignalContext, codeSignal} from '../code/CodeSignalContext';
import type {CodeSignal} from '../code/CodeSignalContext';
import {arrange, measureScope} from '../code/arrangement';
import type {CodeLooks, CodeRun} from '../code/arrangement';
import type {CodeHighlighter, HighlighterCache} from '../code/highlighter';
import {
  findAllCodeRanges,
  isPointInCodeSelection,
  parseCodePoint,
  parseCodeSelection,
} from '../code/range';
import type {CodePoint, CodeRange, PossibleCodeSelection} from '../code/range';
import {PlacedTexts} from '../code/PlacedTexts';
import {resolveScope} from '../code/scope';
import type {PossibleCodeScope} from '../code/scope';
import {computed} from '../decorators/computed';
import {nodeName} from '../decorators/nodeName';
import {initial, signal} from '../decorators/signal';
import type {OwnDrawing} from '../native/drawing';
import {nodeKind} from '../native/nodeKind';
import type {DrawingContext, Drawn} from '../partials/drawingContext';
import {CodeShape} from './CodeShape';
import type {ShapeProps} from './Shape';

/**
 * Draws characters of one colour. The canvas stands at the left end of the code's first line, has the node's font with
 * its top as the baseline, and is restored afterwards; `selection` is how much the characters are selected, 0 to 1.
 */
export type DrawTokenHook = (
  ctx: any,
  text: string,
  position: Vector2,
  color: string,
  selection: number,
) => void;

/** What is called to draw code. */
export interface DrawHooks {
  token: DrawTokenHook;
}

export interface CodeProps extends ShapeProps {
  highlighter?: SignalValue<CodeHighlighter | null>;
  code?: SignalValue<PossibleCodeScope>;
  selection?: SignalValue<PossibleCodeSelection>;
  drawHooks?: SignalValue<DrawHooks>;
}

/** Characters of one colour, as they are drawn. */
export interface CodeFragmentDrawingInfo {
  text: string;
  /** Pixels from the left end of the first line. */
  position: Vector2;
  /** The same in columns and lines. */
  cursor: Vector2;
  characterSize: Vector2;
  fill: string;
  alpha: number;
  /** How much they are selected, 0 to 1. */
  selection: number;
}

/** All that is drawn of code. */
export interface CodeDrawingInfo {
  fragments: CodeFragmentDrawingInfo[];
  /** From the top of the box to that of the first line's letters, in pixels. */
  verticalOffset: number;
  fontHeight: number;
}

const DEFAULT_HOOKS: DrawHooks = {
  token(ctx, text, position, color, selection) {
    ctx.fillStyle = color;
    ctx.globalAlpha *= map(0.2, 1, selection);
    ctx.fillText(text, position.x, position.y);
  },
};

const WHITE = new Color('white');

/** Code in colours, which can be changed and pointed out in time. */
@nodeName('Code')
@nodeKind('code')
export class Code extends CodeShape {
  /** The highlighter of codes that are given none. */
  public static defaultHighlighter: CodeHighlighter | null = null;

  /** A signal of code that can be edited and is nobody's. */
  public static createSignal(
    initial: SignalValue<PossibleCodeScope>,
    highlighter?: SignalValue<CodeHighlighter | null>,
  ): CodeSignal<void> {
    return new CodeSignalContext<void>(initial, undefined, highlighter).toSignal();
  }

  @signal()
  declare public readonly highlighter: SimpleSignal<CodeHighlighter | null, this>;

  @codeSignal()
  declare public readonly code: CodeSignal<this>;

  @initial(DEFAULT_HOOKS)
  @signal()
  declare public readonly drawHooks: SimpleSignal<DrawHooks, this>;

  private hasTold = false;
  /** Whether the hooks draw, and not the stage. */
  private isHooked = false;

  public constructor(props: CodeProps = {}) {
    super({fontFamily: 'monospace', ...props});
  }

  /** A signal of code that is cut by this node's highlighter. */
  public createSignal(initial: SignalValue<PossibleCodeScope>): CodeSignal<this> {
    return new CodeSignalContext<this>(initial, this, () => this.highlighter()).toSignal();
  }

  protected getDefaultHighlighter(): CodeHighlighter | null {
    return Code.defaultHighlighter;
  }

  /** The code as it is seen: what it becomes from the middle of a change on. */
  public parsed(): string {
    return resolveScope(this.code(), scope => unwrap(scope.progress) > 0.5);
  }

  /** What the highlighter has found out about the code. */
  @computed()
  public highlighterCache(): HighlighterCache | null {
    const highlighter = this.highlighter();
    if (!highlighter?.initialize()) return null;
    const scope = this.code();
    const before = resolveScope(scope, false);
    const after = resolveScope(scope, true);
    const cache = highlighter.prepare(before);
    return {before: cache, after: before === after ? cache : highlighter.prepare(after)};
  }

  /** Where a text or a regular expression is in the code. */
  public findAllRanges(pattern: string | RegExp): CodeRange[] {
    return findAllCodeRanges(this.parsed(), pattern);
  }

  /** Where it is first; an empty range at the beginning if it is nowhere. */
  public findFirstRange(pattern: string | RegExp): CodeRange {
    return findAllCodeRanges(this.parsed(), pattern, 1)[0] ?? nowhere();
  }

  /** Where it is last; an empty range at the beginning if it is nowhere. */
  public findLastRange(pattern: string | RegExp): CodeRange {
    return findAllCodeRanges(this.parsed(), pattern).at(-1) ?? nowhere();
  }

  /** The box of one character, from the middle of the code. */
  public getPointBbox(point: CodePoint): BBox {
    const [line, column] = parseCodePoint(point);
    const onLine = this.$$runs().filter(run => run.point[0] === line);
    const run = onLine.findLast(run => run.point[1] <= column) ?? onLine[0];
    if (run === undefined) return this.#cell({x: 0, y: line, text: 'X'}, 0);
    return this.#cell(run, column - run.point[1]);
  }

  /** @deprecated The same under the name that it has elsewhere. */
  public getPointBBox(point: CodePoint): BBox {
    return this.getPointBbox(point);
  }

  /** The boxes of ranges, a box for each piece of a line, from the middle of the code. */
  public getSelectionBbox(selection: PossibleCodeSelection): BBox[] {
    const ranges = parseCodeSelection(selection);
    const boxes: BBox[] = [];
    let last: {line: number; end: number; box: BBox} | null = null;
    for (const run of this.$$runs()) {
      const [line, from] = run.point;
      for (let index = 0; index < run.text.length; index++) {
        const column = from + index;
        if (!isPointInCodeSelection([line, column], ranges)) continue;
        const box = this.#cell(run, index);
        if (last !== null && last.line === line && last.end === column) {
          last.box.width = box.right - last.box.x;
          last.end++;
        } else {
          boxes.push(box);
          last = {line, end: column + 1, box};
        }
      }
    }
    return boxes;
  }

  /** @deprecated The same under the name that it has elsewhere. */
  public getSelectionBBox(selection: PossibleCodeSelection): BBox[] {
    return this.getSelectionBbox(selection);
  }

  /** Width and height as the stage takes them. */
  public $$encodeSize(): [number, number] {
    const font = this.$$font();
    const {columns, rows} = measureScope(this.code(), font);
    return [columns * font.mono, rows * this.$$lineHeight() + font.ascent - font.emAscent];
  }

  /** The texts, a line for each, and of each where its baseline begins and its colour. */
  public $$encodeTexts(): [string, number[]] | null {
    const font = this.$$font();
    const lineHeight = this.$$lineHeight();
    const texts = new PlacedTexts(this.key);
    if (this.#followHooks()) return null;
    for (const {text, x, y, color, opacity, selection} of this.$$runs()) {
      texts.put(text, x * font.mono, font.ascent + y * lineHeight, color, opacity * map(0.2, 1, selection));
    }
    return texts.encode();
  }

  /** What is seen at the moment. */
  public $$runs(): CodeRun[] {
    return arrange(this.$$looks());
  }

  /** All that the looks of the code depend on. */
  public $$looks(): CodeLooks {
    const fill = this.fill();
    return {
      scope: this.code(),
      font: this.$$font(),
      color: fill instanceof Color ? fill : WHITE,
      highlighter: this.highlighter(),
      cache: this.highlighterCache(),
      selection: this.selection(),
      oldSelection: this.selectionProgress() === null ? null : this.oldSelection,
      selectionProgress: this.selectionProgress(),
    };
  }

  /** The box of a character of a run: all of them are equally wide. */
  #cell({x, y, text}: Pick<CodeRun, 'x' | 'y' | 'text'>, index: number): BBox {
    const font = this.$$font();
    const size = this.computedSize();
    const width = font.width(text) / text.length;
    return new BBox(
      x * font.mono + index * width - size.x / 2,
      y * this.$$lineHeight() - size.y / 2,
      width,
      font.ascent + font.descent,
    );
  }

  public override $$ownDrawing(): OwnDrawing {
    const drawing = super.$$ownDrawing();
    return this.isHooked ? {...drawing, content: true} : drawing;
  }

  protected override draw(context: DrawingContext): Drawn {
    if (!this.isHooked) return super.draw(context);
    this.applyStyle(context);
    this.applyText(context);
    context.font = this.styles.font;
    context.letterSpacing = this.styles.letterSpacing;
    context.textBaseline = 'top';
    const {token} = this.drawHooks();
    const {fragments, verticalOffset} = this.$$drawingInfo();
    const size = this.computedSize();
    context.save();
    context.translate(size.x / -2, size.y / -2 + verticalOffset);
    for (const {text, position, fill, alpha, selection} of fragments) {
      context.save();
      context.globalAlpha *= alpha;
      token(context, text, position, fill, selection);
      context.restore();
    }
    context.restore();
    return this.drawChildren(context);
  }

  /** What is drawn, as hooks are given it. */
  public $$drawingInfo(): CodeDrawingInfo {
    const {ascent, descent, emAscent} = this.$$font();
    const fragments = this.$$drawn(this.$$runs());
    return {fragments, verticalOffset: ascent - emAscent, fontHeight: ascent + descent};
  }

  /** Runs of characters as hooks are given them. */
  public $$drawn(runs: CodeRun[]): CodeFragmentDrawingInfo[] {
    const font = this.$$font();
    const cell = new Vector2(font.mono, this.$$lineHeight());
    const height = font.ascent + font.descent;
    return runs.map(({text, x, y, color, opacity, selection}) => ({
      text,
      position: cell.mul([x, y]),
      cursor: new Vector2(x, y),
      characterSize: new Vector2(font.width(text) / text.length, height),
      fill: color.css(),
      alpha: opacity,
      selection,
    }));
  }

  /** Takes up hooks of the user's; tells whether they draw. */
  #followHooks(): boolean {
    const isOwn = this.drawHooks().token !== DEFAULT_HOOKS.token;
    const isHooked = isOwn && this.$$scene.experimentalFeatures;
    if (isOwn && !isHooked && !this.hasTold) {
      this.hasTold = true;
      useLogger().error({
        message: `\`${this.key}\` has \`drawHooks\`: they need \`experimentalFeatures: true\` in the project and are not called`,
        inspect: this.key,
        stack: this.$$made.stack,
      });
    }
    if (isHooked !== this.isHooked) {
      this.isHooked = isHooked;
      this.$$scene.$$drawsItself(this);
    }
    return isHooked;
  }
}

function nowhere(): CodeRange {
  return [
    [0, 0],
    [0, 0],
  ];
}
