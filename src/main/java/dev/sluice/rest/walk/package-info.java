/** Walks the pages of a list without losing a record while the list changes. */
@NullMarked
package dev.sluice.rest.walk;

import org.jspecify.annotations.NullMarked;
