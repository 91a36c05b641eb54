/** The value of the form control an event came from; the kit's controls type it differently. */
export function controlValue(event: Event): unknown {
  return event.target !== null && 'value' in event.target ? event.target.value : undefined;
}
