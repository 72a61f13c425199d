/** As long as a database takes, about. */
export const wait = (ms = 10 + Math.random() * 20) => new Promise((resolve) => setTimeout(resolve, ms));
