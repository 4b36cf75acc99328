/** How a component is made up in the stage, where its kind alone does not say. */
export interface NodeMakeUp {
    /** The table of its stage properties; the kind's unless given. */
    table?: string;
    /** The kind of a further stage node, out of layout and behind the children, that draws its outline. */
    inner?: string;
}
/** Declares one of our own components and the kind of node it is to the stage. */
export declare function nodeKind(kind: string, { table, inner }?: NodeMakeUp): ClassDecorator;
/** Whether a class that is not ours has put its own method in place of one of ours. */
export declare function isOverridden(instance: object, name: string): boolean;
/** Our own class that a class extends, or is. */
export declare function nearestOwnPrototype(prototype: object): object | null;
