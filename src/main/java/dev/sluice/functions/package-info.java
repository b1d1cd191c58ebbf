/** One class for each trigger: decode the event, run, encode the report. */
@NullMarked
package dev.sluice.functions;

import org.jspecify.annotations.NullMarked;
