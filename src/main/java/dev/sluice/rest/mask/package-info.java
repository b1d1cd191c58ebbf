/** Finds secrets in texts, in whatever way they are escaped. */
@NullMarked
package dev.sluice.rest.mask;

import org.jspecify.annotations.NullMarked;
