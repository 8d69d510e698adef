/**
 * Watching Flux sources: detects new revisions and fetches artifacts. See Flux's guide "Watching for source changes"
 * and {@code examples/git-repository-watcher}.
 */
@NullMarked
package dev.sluice.controller.watch;

import org.jspecify.annotations.NullMarked;
