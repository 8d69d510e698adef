/** A controller that reacts to new revisions of GitRepositories: Flux's guide "Watching for source changes" in Java. */
@NullMarked
package dev.sluice.examples.watcher;

import org.jspecify.annotations.NullMarked;
