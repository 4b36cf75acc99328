export * from './exporters';
