export const RAD2DEG: number = 180 / Math.PI;
export const DEG2RAD: number = Math.PI / 180;
