package dev.sluice.runtime;

import java.util.Optional;

/**
 * The generation of a table that readers read.
 *
 * @param content what a snapshot consists of; absent where a generation grows
 */
public record Publication(int generation, Optional<Content> content) {}
