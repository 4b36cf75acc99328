import {PathCommand} from './pathCommand';

const PARAMETERS: Record<string, number> = {M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, T: 2, A: 7, Z: 0};
const TOKEN = /([a-zA-Z])|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/g;

/**
 * SVG path data (all commands, absolute and relative) as absolute path commands.
 *
 * @throws an error that quotes what cannot be read.
 */
export function svgPath(data: string): number[] {
  const reader = new PathReader();
  let command = '';
  let numbers: string[] = [];
  const flush = () => {
    if (command !== '') reader.run(command, numbers.join(' '));
    numbers = [];
  };
  const rest = data.replace(TOKEN, '').replace(/[\s,]+/g, '');
  if (rest !== '') throw new Error(`path data cannot be read at \`${rest.slice(0, 20)}\``);
  for (const [token, letter] of splitCommands(data)) {
    if (letter) {
      flush();
      command = token;
      if (PARAMETERS[command.toUpperCase()] === undefined) throw new Error(`path data has no command \`${command}\``);
    } else {
      if (command === '') throw new Error('path data has to begin with a command');
      numbers.push(token);
    }
  }
  flush();
  return reader.path;
}

function* splitCommands(data: string): Generator<[token: string, isLetter: boolean]> {
  for (const part of data.match(/[a-df-zA-DF-Z][^a-df-zA-DF-Z]*|^[^a-df-zA-DF-Z]+/g) ?? []) {
    const letter = /^[a-zA-Z]/.test(part) ? part[0] : '';
    if (letter) yield [letter, true];
    const numbers = part.slice(letter.length).trim();
    if (numbers !== '') yield [numbers, false];
  }
}

class PathReader {
  public readonly path: number[] = [];
  private x = 0;
  private y = 0;
  private startX = 0;
  private startY = 0;
  private controlX = 0;
  private controlY = 0;
  private previous = '';

  public run(letter: string, text: string): void {
    const name = letter.toUpperCase();
    const count = PARAMETERS[name];
    const numbers = name === 'A' ? arcNumbers(text) : (text.match(TOKEN) ?? []).map(Number);
    if (numbers.some(Number.isNaN) || (count === 0 ? numbers.length > 0 : numbers.length === 0 || numbers.length % count !== 0)) {
      throw new Error(`path data: \`${letter}\` takes ${count} numbers at a time, got \`${text.slice(0, 40)}\``);
    }
    if (count === 0) this.step(name, false, []);
    for (let index = 0; index < numbers.length && count > 0; index += count) {
      // Further pairs after a move are lines.
      this.step(name === 'M' && index > 0 ? 'L' : name, letter !== name, numbers.slice(index, index + count));
    }
  }

  private step(name: string, relative: boolean, n: number[]): void {
    const dx = relative ? this.x : 0;
    const dy = relative ? this.y : 0;
    const {x, y} = this;
    switch (name) {
      case 'M':
        this.path.push(PathCommand.Move, n[0] + dx, n[1] + dy);
        this.startX = n[0] + dx;
        this.startY = n[1] + dy;
        this.moveTo(this.startX, this.startY);
        break;
      case 'L':
        this.line(n[0] + dx, n[1] + dy);
        break;
      case 'H':
        this.line(n[0] + dx, y);
        break;
      case 'V':
        this.line(x, n[0] + dy);
        break;
      case 'C':
        this.cubic(n[0] + dx, n[1] + dy, n[2] + dx, n[3] + dy, n[4] + dx, n[5] + dy);
        break;
      case 'S': {
        const smooth = 'CS'.includes(this.previous) && this.previous !== '';
        this.cubic(
          smooth ? 2 * x - this.controlX : x,
          smooth ? 2 * y - this.controlY : y,
          n[0] + dx,
          n[1] + dy,
          n[2] + dx,
          n[3] + dy,
        );
        break;
      }
      case 'Q':
        this.quad(n[0] + dx, n[1] + dy, n[2] + dx, n[3] + dy);
        break;
      case 'T': {
        const smooth = 'QT'.includes(this.previous) && this.previous !== '';
        this.quad(smooth ? 2 * x - this.controlX : x, smooth ? 2 * y - this.controlY : y, n[0] + dx, n[1] + dy);
        break;
      }
      case 'A':
        this.arc(n[0], n[1], n[2], n[3] !== 0, n[4] !== 0, n[5] + dx, n[6] + dy);
        break;
      default:
        this.path.push(PathCommand.Close);
        this.moveTo(this.startX, this.startY);
    }
    this.previous = name;
  }

  private moveTo(x: number, y: number): void {
    this.x = x;
    this.y = y;
  }

  private line(x: number, y: number): void {
    this.path.push(PathCommand.Line, x, y);
    this.moveTo(x, y);
  }

  private quad(x1: number, y1: number, x: number, y: number): void {
    this.path.push(PathCommand.Quad, x1, y1, x, y);
    this.controlX = x1;
    this.controlY = y1;
    this.moveTo(x, y);
  }

  private cubic(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    this.path.push(PathCommand.Cubic, x1, y1, x2, y2, x, y);
    this.controlX = x2;
    this.controlY = y2;
    this.moveTo(x, y);
  }

  /** An elliptic arc as cubic curves, by the conversion in the SVG specification's appendix B.2.4. */
  private arc(rx: number, ry: number, degrees: number, large: boolean, sweep: boolean, x: number, y: number): void {
    const {x: fromX, y: fromY} = this;
    if (fromX === x && fromY === y) return;
    rx = Math.abs(rx);
    ry = Math.abs(ry);
    if (rx === 0 || ry === 0) {
      this.line(x, y);
      return;
    }
    const angle = (degrees * Math.PI) / 180;
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    const halfX = (fromX - x) / 2;
    const halfY = (fromY - y) / 2;
    const x1 = cos * halfX + sin * halfY;
    const y1 = cos * halfY - sin * halfX;
    const excess = (x1 * x1) / (rx * rx) + (y1 * y1) / (ry * ry);
    if (excess > 1) {
      rx *= Math.sqrt(excess);
      ry *= Math.sqrt(excess);
    }
    const squares = rx * rx * y1 * y1 + ry * ry * x1 * x1;
    const factor = (large === sweep ? -1 : 1) * Math.sqrt(Math.max(0, (rx * rx * ry * ry - squares) / squares));
    const cx1 = (factor * rx * y1) / ry;
    const cy1 = (-factor * ry * x1) / rx;
    const cx = cos * cx1 - sin * cy1 + (fromX + x) / 2;
    const cy = sin * cx1 + cos * cy1 + (fromY + y) / 2;
    const start = Math.atan2((y1 - cy1) / ry, (x1 - cx1) / rx);
    let turn = Math.atan2((-y1 - cy1) / ry, (-x1 - cx1) / rx) - start;
    if (sweep && turn < 0) turn += 2 * Math.PI;
    if (!sweep && turn > 0) turn -= 2 * Math.PI;
    const pieces = Math.max(1, Math.ceil(Math.abs(turn) / (Math.PI / 2) - 1e-9));
    const step = turn / pieces;
    const handle = (4 / 3) * Math.tan(step / 4);
    const at = (a: number, along: number): [number, number] => {
      const px = rx * (Math.cos(a) - along * Math.sin(a));
      const py = ry * (Math.sin(a) + along * Math.cos(a));
      return [cos * px - sin * py + cx, sin * px + cos * py + cy];
    };
    for (let piece = 0; piece < pieces; piece++) {
      const from = start + piece * step;
      const to = from + step;
      const end: [number, number] = piece === pieces - 1 ? [x, y] : at(to, 0);
      this.cubic(...at(from, handle), ...at(to, -handle), ...end);
    }
  }
}

/** The numbers of arc commands; the two flags may stand without anything between them. */
function arcNumbers(text: string): number[] {
  const numbers: number[] = [];
  let rest = text;
  while ((rest = rest.replace(/^[\s,]+/, '')) !== '') {
    const flag = numbers.length % 7 === 3 || numbers.length % 7 === 4;
    const match = flag ? /^[01]/.exec(rest) : /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(rest);
    if (match === null) return [NaN];
    numbers.push(Number(match[0]));
    rest = rest.slice(match[0].length);
  }
  return numbers;
}
