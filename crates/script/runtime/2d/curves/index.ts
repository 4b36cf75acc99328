export * from './curvePoint';
export * from './matchPoints';
