export * from '@revideo/core/lib/decorators';
