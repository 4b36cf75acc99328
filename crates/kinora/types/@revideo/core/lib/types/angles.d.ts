export declare const RAD2DEG: number;
export declare const DEG2RAD: number;
