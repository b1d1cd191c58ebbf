/**
 * The functions: one class for each trigger, which decodes the event, runs pipelines and responds.
 * {@link LambdaHandler} lists the classes that an event passes.
 */
@NullMarked
package dev.sluice.functions;

import org.jspecify.annotations.NullMarked;
