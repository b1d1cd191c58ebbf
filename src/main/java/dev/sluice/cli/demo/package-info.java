/** Runs the demo: a simulated source, two syncs, and a comparison of both ends. */
@NullMarked
package dev.sluice.cli.demo;

import org.jspecify.annotations.NullMarked;
