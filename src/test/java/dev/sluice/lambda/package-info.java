/** The packaged functions as Lambda runs them: a process of its own under Lambda's Java runtime. */
@NullMarked
package dev.sluice.lambda;

import org.jspecify.annotations.NullMarked;
