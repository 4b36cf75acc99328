export * from '@revideo/core/lib';
