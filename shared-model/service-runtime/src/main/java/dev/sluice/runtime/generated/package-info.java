/** The bean definitions that the build generates, and the decision whether a start can use them. */
@NullMarked
package dev.sluice.runtime.generated;

import org.jspecify.annotations.NullMarked;
