package dev.sluice.reconciler.console;

import java.util.List;

/**
 * The visible objects at one moment, each list with the worst first.
 *
 * @param version changes if any of the objects has changed
 * @param loaded whether the caches hold all objects
 */
record CachedItems(List<Item> generators, List<Item> artifacts, List<Item> sources, long version, boolean loaded) {

    List<Item> of(Item.Group group) {
        return switch (group) {
            case GENERATORS -> generators;
            case ARTIFACTS -> artifacts;
            case SOURCES -> sources;
        };
    }
}
