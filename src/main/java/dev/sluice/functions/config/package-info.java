/** Reads what a deployment configures: settings, pipelines, and the process it runs in. */
@NullMarked
package dev.sluice.functions.config;

import org.jspecify.annotations.NullMarked;
