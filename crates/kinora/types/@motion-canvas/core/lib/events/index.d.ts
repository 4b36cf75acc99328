export * from '@revideo/core/lib/events';
