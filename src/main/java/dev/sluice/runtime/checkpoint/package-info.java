/** Saved positions of tables, the leases on them, and the store that keeps both. */
@NullMarked
package dev.sluice.runtime.checkpoint;

import org.jspecify.annotations.NullMarked;
