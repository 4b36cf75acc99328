export * from '@revideo/core/lib/utils';
