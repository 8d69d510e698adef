/** The in-memory Kubernetes API and what is put into it. */
@NullMarked
package dev.sluice.launcher.cluster;

import org.jspecify.annotations.NullMarked;
