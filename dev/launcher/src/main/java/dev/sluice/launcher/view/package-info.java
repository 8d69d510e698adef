/** The output on the terminal. */
@NullMarked
package dev.sluice.launcher.view;

import org.jspecify.annotations.NullMarked;
