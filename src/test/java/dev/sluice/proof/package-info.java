/** Proofs on the real thing: the packaged program, real processes, real kills. */
@NullMarked
package dev.sluice.proof;

import org.jspecify.annotations.NullMarked;
