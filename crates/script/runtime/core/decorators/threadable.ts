/** Names the tasks that a generator method makes: `getTaskName` finds the name, and so do messages. */
export function threadable(customName?: string): MethodDecorator {
  return (_target, property, descriptor: any) => {
    const {prototype} = descriptor.value;
    if (prototype === undefined) return;
    prototype.name = customName ?? String(property);
    prototype.threadable = true;
  };
}
