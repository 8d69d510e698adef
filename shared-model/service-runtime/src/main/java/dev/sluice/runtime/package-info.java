/** What both services share at run time. */
@NullMarked
package dev.sluice.runtime;

import org.jspecify.annotations.NullMarked;
