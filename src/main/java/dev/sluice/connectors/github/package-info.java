/** Reads GitHub's REST API. */
@NullMarked
package dev.sluice.connectors.github;

import org.jspecify.annotations.NullMarked;
