package dev.sluice.fuzz;

/**
 * One input, and what must hold of it.
 *
 * @param input bytes as characters, where the reader takes bytes
 */
public record Trial(String input, Check check) {

  /** Throws when it does not hold. */
  @FunctionalInterface
  public interface Check {
    /** What the reader made of it, to be counted. */
    String outcome(String input) throws Exception;
  }
}
