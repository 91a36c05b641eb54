/** What stands in the drawer of the model. */
export * from './wb-keep-panel';
export * from './wb-share';
