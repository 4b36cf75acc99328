/** Props of a component that cannot be drawn yet. */
export type UndrawnProps = Record<string, any>;
/** A component that cannot be drawn yet: making one is an error that names it. */
declare abstract class Undrawn {
    /** Has JSX make an instance, which fails. */
    readonly isClass: boolean;
    constructor(props?: UndrawnProps);
}
export declare class Code extends Undrawn {
    static defaultHighlighter: unknown;
}
export declare class CodeBlock extends Undrawn {
}
export declare class Latex extends Undrawn {
}
export declare class SVG extends Undrawn {
}
export declare class Icon extends Undrawn {
}
export declare class Rive extends Undrawn {
}
export {};
