/** The command line of a service: flags as Flux users know them, turned into Spring properties. */
@NullMarked
package dev.sluice.runtime.flag;

import org.jspecify.annotations.NullMarked;
