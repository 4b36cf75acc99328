export * from '@revideo/core/lib/transitions';
