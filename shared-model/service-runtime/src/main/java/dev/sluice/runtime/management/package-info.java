/** What the management port serves besides Actuator's own paths. */
@NullMarked
package dev.sluice.runtime.management;

import org.jspecify.annotations.NullMarked;
