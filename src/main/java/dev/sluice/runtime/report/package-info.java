/** The reports of an invocation about its tables, at the end and on the way. */
@NullMarked
package dev.sluice.runtime.report;

import org.jspecify.annotations.NullMarked;
