/**
 * Following Flux sources: which changes bring a new revision, and what is in an artifact. See the guide "Watching for
 * source changes" of Flux and {@code examples/git-repository-watcher}.
 */
@NullMarked
package dev.sluice.controller.watch;

import org.jspecify.annotations.NullMarked;
