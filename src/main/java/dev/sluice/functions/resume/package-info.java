/** Resumes runs that are not done. */
@NullMarked
package dev.sluice.functions.resume;

import org.jspecify.annotations.NullMarked;
