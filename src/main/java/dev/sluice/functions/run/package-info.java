/** The time limit, the result and the failures of an invocation. */
@NullMarked
package dev.sluice.functions.run;

import org.jspecify.annotations.NullMarked;
