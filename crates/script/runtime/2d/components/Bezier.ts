import {absent} from '../../core/utils/absent';

/** What the reference's two Bézier nodes extend: theirs here extend `Curve`. */
export const Bezier: any = absent('Bezier');
