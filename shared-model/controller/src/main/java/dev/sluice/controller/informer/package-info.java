/**
 * Caches of objects that live: the official client's informers on a list and watch of our own, which pages, asks for
 * bookmarks, resumes after a broken connection and paces itself. Start with
 * {@link dev.sluice.controller.informer.Informers}.
 */
@NullMarked
package dev.sluice.controller.informer;

import org.jspecify.annotations.NullMarked;
