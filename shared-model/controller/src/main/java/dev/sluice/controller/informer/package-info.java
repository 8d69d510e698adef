/**
 * Object caches: the official client's informers with our own list and watch, which uses paging, bookmarks, resumption
 * after a broken connection and back-off. Start with {@link dev.sluice.controller.informer.Informers}.
 */
@NullMarked
package dev.sluice.controller.informer;

import org.jspecify.annotations.NullMarked;
