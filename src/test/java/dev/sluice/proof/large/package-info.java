/** Reads of large sources by processes that have little memory and little time. */
@NullMarked
package dev.sluice.proof.large;

import org.jspecify.annotations.NullMarked;
