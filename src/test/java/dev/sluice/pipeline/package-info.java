@NullMarked
package dev.sluice.pipeline;

import org.jspecify.annotations.NullMarked;
