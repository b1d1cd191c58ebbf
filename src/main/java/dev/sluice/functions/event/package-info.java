/** The events that functions are invoked with; everything in them is untrusted. */
@NullMarked
package dev.sluice.functions.event;

import org.jspecify.annotations.NullMarked;
