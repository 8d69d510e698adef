/** Runs the two services as child processes that exit with their parent. */
@NullMarked
package dev.sluice.launcher.process;

import org.jspecify.annotations.NullMarked;
