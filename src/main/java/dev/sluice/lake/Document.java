package dev.sluice.lake;

/** A small object that is replaced as a whole; its version changes whenever it does. */
public record Document(String text, String version) {}
