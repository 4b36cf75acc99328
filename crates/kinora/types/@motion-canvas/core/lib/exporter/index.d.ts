export * from '@revideo/core/lib/exporter';
