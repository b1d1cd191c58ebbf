/** Writes structured log lines and metrics. */
@NullMarked
package dev.sluice.functions.log;

import org.jspecify.annotations.NullMarked;
