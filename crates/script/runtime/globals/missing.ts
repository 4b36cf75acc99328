/** Marks the module that stands for one that does not exist. */
export const __kinora_missing = true;
