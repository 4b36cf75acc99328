import {notDrawn} from '../native/notDrawn';

/** Props of a component that cannot be drawn yet. */
export type UndrawnProps = Record<string, any>;

/** A component that cannot be drawn yet: making one is an error that names it. */
abstract class Undrawn {
  /** Has JSX make an instance, which fails. */
  declare public readonly isClass: boolean;

  public constructor(props: UndrawnProps = {}) {
    throw notDrawn(new.target.name, props.key);
  }
}

(Undrawn.prototype as {isClass: boolean}).isClass = true;

export class Rive extends Undrawn {}
