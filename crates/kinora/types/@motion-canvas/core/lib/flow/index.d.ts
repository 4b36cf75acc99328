export * from '@revideo/core/lib/flow';
