/**
 * A small connector and its source, written by hand, that pass the contract kit; and the same
 * connector with one bug at a time, which does not.
 */
@NullMarked
package dev.sluice.testkit.reference;

import org.jspecify.annotations.NullMarked;
