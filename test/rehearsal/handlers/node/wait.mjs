/** Waits about as long as a database takes. */
export const wait = (ms = 10 + Math.random() * 20) => new Promise((resolve) => setTimeout(resolve, ms));
