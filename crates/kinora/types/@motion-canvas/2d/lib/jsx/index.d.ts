export * from '@revideo/2d/lib/jsx';
