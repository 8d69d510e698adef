/** Publishes local directories as GitRepositories with artifacts. */
@NullMarked
package dev.sluice.launcher.source;

import org.jspecify.annotations.NullMarked;
