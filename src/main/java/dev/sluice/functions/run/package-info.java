/** One run inside a function: its time limit, its result, its failures. */
@NullMarked
package dev.sluice.functions.run;

import org.jspecify.annotations.NullMarked;
