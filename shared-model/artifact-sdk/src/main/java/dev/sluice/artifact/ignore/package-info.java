/** Which files never reach an artifact: the default filter and .sourceignore. */
@NullMarked
package dev.sluice.artifact.ignore;

import org.jspecify.annotations.NullMarked;
