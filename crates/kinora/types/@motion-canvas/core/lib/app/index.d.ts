export * from '@revideo/core/lib/app';
