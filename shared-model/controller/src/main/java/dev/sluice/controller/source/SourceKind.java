package dev.sluice.controller.source;

import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.ToolkitObject;

/** A kind of objects, and what is built from them. */
record SourceKind<T extends ToolkitObject<?, ?>>(
        ApiType<T, ?> type, ContentBuilder<? super T> builder, SourceOptions<T> options) {}
