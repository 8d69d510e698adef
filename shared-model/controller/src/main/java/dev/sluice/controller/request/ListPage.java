package dev.sluice.controller.request;

import java.util.List;

/**
 * A page of a list.
 *
 * @param version the resource version of the list
 * @param next the token of the next page; empty after the last one
 * @param items those that can be read
 * @param unreadable those that cannot
 */
public record ListPage<T>(String version, String next, List<T> items, List<UnreadableObject> unreadable) {

    /** Copies the lists. */
    public ListPage {
        items = List.copyOf(items);
        unreadable = List.copyOf(unreadable);
    }
}
