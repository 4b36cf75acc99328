import {absent} from '../../core/utils/absent';

// Curves are measured by the stage: what the reference measures them with is not here.
export const Bezier: any = absent('Bezier');
export const CircleSegment: any = absent('CircleSegment');
export const CubicBezierSegment: any = absent('CubicBezierSegment');
export const LineSegment: any = absent('LineSegment');
export const Polynomial: any = absent('Polynomial');
export const Polynomial2D: any = absent('Polynomial2D');
export const QuadBezierSegment: any = absent('QuadBezierSegment');
export const Segment: any = absent('Segment');
export const getBezierSplineProfile: any = absent('getBezierSplineProfile');
export const getCircleProfile: any = absent('getCircleProfile');
export const getPointAtDistance: any = absent('getPointAtDistance');
export const getPolylineProfile: any = absent('getPolylineProfile');
export const getRectProfile: any = absent('getRectProfile');
