/** Asks the platform to continue a run later. */
@NullMarked
package dev.sluice.functions.resume;

import org.jspecify.annotations.NullMarked;
