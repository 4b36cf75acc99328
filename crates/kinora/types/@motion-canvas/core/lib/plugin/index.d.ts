export * from '@revideo/core/lib/plugin';
