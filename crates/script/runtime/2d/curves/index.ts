export * from './curvePoint';
export * from './matchPoints';
export * from './pathCommand';
export * from './segments';
export * from './splinePath';
export * from './svgPath';
