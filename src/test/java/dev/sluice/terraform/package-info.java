/** The Terraform of this repository, checked by Terraform. */
@NullMarked
package dev.sluice.terraform;

import org.jspecify.annotations.NullMarked;
