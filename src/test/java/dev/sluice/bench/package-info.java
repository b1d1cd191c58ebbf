/** How fast it is, beside programs that do less; {@code ./sluice bench} runs it. */
@NullMarked
package dev.sluice.bench;

import org.jspecify.annotations.NullMarked;
