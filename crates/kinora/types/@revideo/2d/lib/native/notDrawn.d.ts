/** The error for a component that this renderer cannot draw yet. */
export declare function notDrawn(component: string, key: string | undefined): Error;
