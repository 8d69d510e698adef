package dev.sluice.controller.request;

import java.util.List;

/**
 * A page of a list.
 *
 * @param version resource version of the list
 * @param next continue token for the next page; empty on the last page
 * @param items objects that were decoded
 * @param unreadable objects that could not be decoded
 */
public record ListPage<T>(String version, String next, List<T> items, List<UnreadableObject> unreadable) {

    public ListPage {
        items = List.copyOf(items);
        unreadable = List.copyOf(unreadable);
    }
}
