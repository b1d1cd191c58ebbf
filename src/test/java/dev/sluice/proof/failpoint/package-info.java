/**
 * The packaged program and functions, halted or paused at named steps of a commit.
 *
 * <p>The product knows nothing of it: an agent, which is made of classes of this package, adds a
 * call to the methods of the steps while they are loaded.
 */
@NullMarked
package dev.sluice.proof.failpoint;

import org.jspecify.annotations.NullMarked;
