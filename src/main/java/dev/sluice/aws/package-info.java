/**
 * Amazon's services behind the interfaces of the layers below: stores, secrets, queues, schedules.
 */
@NullMarked
package dev.sluice.aws;

import org.jspecify.annotations.NullMarked;
