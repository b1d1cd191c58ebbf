/** Tests of the HTTP layer against a server that plays scripted faults. */
@NullMarked
package dev.sluice.rest;

import org.jspecify.annotations.NullMarked;
