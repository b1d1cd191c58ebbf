/**
 * The functions: one class for each trigger, which decodes the event, runs and answers. {@link
 * LambdaHandler} lists the classes on the way of an event.
 */
@NullMarked
package dev.sluice.functions;

import org.jspecify.annotations.NullMarked;
