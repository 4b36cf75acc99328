export * from '@revideo/2d/lib/scenes';
