export * from '@revideo/core/lib/signals';
