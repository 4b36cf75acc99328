/**
 * Refuses a node whose class draws by itself.
 *
 * @throws an error naming the class and the method.
 */
export declare function refuseDrawing(node: object): void;
