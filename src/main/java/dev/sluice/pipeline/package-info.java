/** The pipeline file: parsing, validation, secrets, and the wiring of one pipeline. */
@NullMarked
package dev.sluice.pipeline;

import org.jspecify.annotations.NullMarked;
