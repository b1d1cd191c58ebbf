/** Holds what commands share: terminal, progress, tables, signals and exit codes. */
@NullMarked
package dev.sluice.cli.terminal;

import org.jspecify.annotations.NullMarked;
