/** Small text formats that every store shares: JSON, hashes, key segments. */
@NullMarked
package dev.sluice.runtime.text;

import org.jspecify.annotations.NullMarked;
