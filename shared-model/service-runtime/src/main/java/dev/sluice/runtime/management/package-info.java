/** What the management port serves in addition to Actuator's own paths. */
@NullMarked
package dev.sluice.runtime.management;

import org.jspecify.annotations.NullMarked;
