/** Servers in this process that speak the protocols of S3 and DynamoDB. */
@NullMarked
package dev.sluice.aws.emulator;

import org.jspecify.annotations.NullMarked;
