/** The command line of a service: flags in Flux's format, converted to Spring properties. */
@NullMarked
package dev.sluice.runtime.flag;

import org.jspecify.annotations.NullMarked;
