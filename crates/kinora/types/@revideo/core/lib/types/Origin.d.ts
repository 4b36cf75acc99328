import { Vector2 } from './Vector';
export declare enum Center {
    Vertical = 1,
    Horizontal = 2
}
export declare enum Direction {
    Top = 4,
    Bottom = 8,
    Left = 16,
    Right = 32
}
export declare enum Origin {
    Middle = 3,
    Top = 5,
    Bottom = 9,
    Left = 18,
    Right = 34,
    TopLeft = 20,
    TopRight = 36,
    BottomLeft = 24,
    BottomRight = 40
}
/** Mirrors an origin, along both axes unless one is given. */
export declare function flipOrigin(origin: Direction, axis?: Center): Direction;
export declare function flipOrigin(origin: Origin, axis?: Center): Origin;
/** An origin as a point of the box from −1 to 1. */
export declare function originToOffset(origin: Origin | Direction): Vector2;
