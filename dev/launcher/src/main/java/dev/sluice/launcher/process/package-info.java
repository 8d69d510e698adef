/** The two services as child processes that end with their parent. */
@NullMarked
package dev.sluice.launcher.process;

import org.jspecify.annotations.NullMarked;
