import {returnSlots} from '../../core/signals/slots';
import type {Blamable} from './blame';

/**
 * What a node has of the stage. It does not know the node: once nobody can reach that any more,
 * what it had is given back.
 */
export class Lease implements Blamable {
  private nodes: number[] = [];
  /** Rows of slots: the first and how many they are, one row after another. */
  private readonly rows: number[] = [];

  public constructor(
    public readonly key: string,
    public readonly $$made: Error,
  ) {}

  /** Makes a node in the stage. */
  public create(kind: string, view: number): number {
    // A key may be of any kind.
    const id = __kinora.create(kind, view, String(this.key));
    this.nodes.push(id);
    return id;
  }

  /** Notes that a row of slots is the node's. */
  public addRow(first: number, count: number): void {
    this.rows.push(first, count);
  }

  /** Gives the stage's nodes back. */
  public dispose(): void {
    const {nodes} = this;
    this.nodes = [];
    for (const id of nodes) __kinora.dispose(id);
  }

  /** Gives back all there is; only once no signal can write to the slots any more. */
  public end(): void {
    this.dispose();
    const {rows} = this;
    for (let index = 0; index < rows.length; index += 2) {
      __kinora.unslot(rows[index]);
      returnSlots(rows[index], rows[index + 1]);
    }
    rows.length = 0;
  }
}

const unreachable = new FinalizationRegistry<Lease>(lease => lease.end());

/** Has the lease of a node end when nobody can reach the node any more. */
export function endWithNode(node: object, lease: Lease): void {
  unreachable.register(node, lease);
}
