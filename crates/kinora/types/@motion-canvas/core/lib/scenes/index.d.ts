export * from '@revideo/core/lib/scenes';
