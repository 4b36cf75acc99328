/** A scene that the reference's editor can look into. There is no editor here. */
export interface Inspectable {
    inspectPosition(x: number, y: number): unknown;
}
export declare function isInspectable(value: any): value is Inspectable;
