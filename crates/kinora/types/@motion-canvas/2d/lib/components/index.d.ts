export * from '@revideo/2d/lib/components';
