/** Sends requests: transport, retries, rate budgets, redirects and the masking of secrets. */
@NullMarked
package dev.sluice.rest.http;

import org.jspecify.annotations.NullMarked;
