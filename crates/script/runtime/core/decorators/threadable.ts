/** Names the tasks that a generator method makes. */
export function threadable(customName?: string): MethodDecorator {
  return (_target, property, descriptor: any) => {
    descriptor.value.taskName = customName ?? String(property);
  };
}

/** Whether a function was marked with {@link threadable}. */
export function isThreadable(value: any): boolean {
  return value?.taskName !== undefined;
}
