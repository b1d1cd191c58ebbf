/**
 * The commit protocol under everything that can go wrong, one call after the other.
 *
 * <p>The real {@code runtime} and {@code lake} run over a bucket, a checkpoint store, a source and
 * a clock in memory. An {@link dev.sluice.simulation.Actor} is an invocation, an operator who
 * resets, the source's users, or a disaster. Each has a thread, of which exactly one runs: on the
 * {@link dev.sluice.simulation.Stage} every {@link dev.sluice.simulation.Call} to the outside is a
 * point where the {@link dev.sluice.simulation.Plan} gives it a {@link dev.sluice.simulation.Fate}:
 * it happens, fails, gets lost, lands late, comes last in its process' life, or waits while another
 * actor goes on. The plan is all that is left to chance, so the same plan makes the same run.
 *
 * <ul>
 *   <li>{@link dev.sluice.simulation.Script} lists the points at which something does not go well;
 *       {@link dev.sluice.simulation.Exploration} tries all short ones.
 *   <li>{@link dev.sluice.simulation.Dice} draws from a seed, which also makes the {@link
 *       dev.sluice.simulation.Scenario}.
 * </ul>
 *
 * <p>After each write the {@link dev.sluice.simulation.LakeReader} reads the lake as anybody would,
 * and the {@link dev.sluice.simulation.Oracle} holds it against the {@link
 * dev.sluice.simulation.SourceLedger}; at last everything rests and has to be complete. A {@link
 * dev.sluice.simulation.Witness} tells which {@link dev.sluice.simulation.Branch} was taken, so
 * that {@link dev.sluice.simulation.Sometimes} can complain of what never happened. Each {@link
 * dev.sluice.simulation.Protocol} but the last is wrong, and has to be found out.
 *
 * <p>{@code docs/proofs.md} says how to run it for longer and how to replay a seed.
 */
@NullMarked
package dev.sluice.simulation;

import org.jspecify.annotations.NullMarked;
