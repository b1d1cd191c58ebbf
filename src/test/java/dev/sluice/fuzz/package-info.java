/**
 * Inputs that nobody would send, for everything that reads what others have written. A seed makes
 * an input: from a grammar, or by damage to a good one. What must hold of it is checked, whether it
 * is taken or refused, and how often each happened is counted: a run in which one never did fails.
 *
 * <p>{@code -Dfuzz.iterations=N} or {@code -Dfuzz.seconds=N} for each reader, {@code
 * -Dfuzz.first=N} begins elsewhere, {@code -Dfuzz.seed=N} runs one seed again. Each test is beside
 * what it is about, its name ends with {@code FuzzTest}.
 */
@NullMarked
package dev.sluice.fuzz;

import org.jspecify.annotations.NullMarked;
