export * from '@revideo/core/lib/tweening';
