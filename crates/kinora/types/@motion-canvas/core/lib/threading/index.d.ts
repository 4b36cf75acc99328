export * from '@revideo/core/lib/threading';
