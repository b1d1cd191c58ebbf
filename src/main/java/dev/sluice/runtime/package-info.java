/** The microbatch loop, checkpoints, leases and outcomes; plain Java. */
@NullMarked
package dev.sluice.runtime;

import org.jspecify.annotations.NullMarked;
