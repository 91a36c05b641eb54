/** Empty, and found first: libraries that refer to Node's types would bring them into src. */
export {};
