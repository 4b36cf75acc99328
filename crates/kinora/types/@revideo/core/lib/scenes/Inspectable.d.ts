import type { Vector2 } from '../types/Vector';
/** Whatever a scene calls an element when the editor asks. */
export type InspectedElement = unknown;
/** What the editor shows of an element. */
export type InspectedAttributes = {
    stack?: string;
    [name: string]: any;
};
/** A scene that the reference's editor can look into. There is no editor here: nothing calls these. */
export interface Inspectable {
    inspectPosition(x: number, y: number): InspectedElement | null;
    validateInspection(element: InspectedElement | null): InspectedElement | null;
    inspectAttributes(element: InspectedElement): InspectedAttributes | null;
    drawOverlay(element: InspectedElement, matrix: any, context: any): void;
    transformMousePosition(x: number, y: number): Vector2 | null;
}
/** Whether a scene is {@link Inspectable}. */
export declare function isInspectable(value: any): value is Inspectable;
