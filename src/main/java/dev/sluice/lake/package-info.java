/** Object store and formats: how a microbatch becomes a committed object. */
@NullMarked
package dev.sluice.lake;

import org.jspecify.annotations.NullMarked;
