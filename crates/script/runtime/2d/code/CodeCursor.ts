import type {Code, CodeDrawingInfo, CodeFragmentDrawingInfo} from '../components/Code';
import {arrange, measureScope} from './arrangement';
import type {CodeScope} from './scope';

/** Goes through code in the font and the colours of a node. */
export class CodeCursor {
  #extent = {columns: 0, rows: 0};
  #fragments: CodeFragmentDrawingInfo[] = [];

  public constructor(private readonly node: Code) {}

  /** Begins anew. The font is the node's, whatever a canvas has. */
  public setupMeasure(_context?: unknown): void {
    this.#extent = {columns: 0, rows: 0};
  }

  /** The same before {@link drawScope}. */
  public setupDraw(_context?: unknown): void {
    this.#fragments = [];
  }

  /** Takes the room of code. */
  public measureSize(scope: CodeScope): void {
    this.#extent = measureScope(scope, this.node.$$font());
  }

  /** The room of what was measured, in pixels. */
  public getSize(): {x: number; y: number} {
    const {columns, rows} = this.#extent;
    const {verticalOffset} = this.node.$$drawingInfo();
    return {x: columns * this.node.$$font().mono, y: rows * this.node.$$lineHeight() + verticalOffset};
  }

  /** Takes what is seen of code. */
  public drawScope(scope: CodeScope): void {
    this.#fragments = this.node.$$drawn(arrange({...this.node.$$looks(), scope}));
  }

  /** What was taken. */
  public getDrawingInfo(): CodeDrawingInfo {
    return {...this.node.$$drawingInfo(), fragments: this.#fragments};
  }
}
