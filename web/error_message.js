// Anything can be thrown; people are shown its message.

/** @param {unknown} error */
export const messageOf = (error) => (error instanceof Error ? error.message : String(error));
