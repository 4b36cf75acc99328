export * from '@revideo/core/lib/types';
