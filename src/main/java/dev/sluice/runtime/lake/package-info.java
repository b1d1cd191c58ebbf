/** The lake as the runtime sees it: batches, generations and what is published. */
@NullMarked
package dev.sluice.runtime.lake;

import org.jspecify.annotations.NullMarked;
