export * from '@revideo/core/lib/media';
