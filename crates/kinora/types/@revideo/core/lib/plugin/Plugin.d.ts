/** A plugin of the reference's editor; accepted and not called. */
export interface Plugin {
    name: string;
    [hook: string]: unknown;
}
