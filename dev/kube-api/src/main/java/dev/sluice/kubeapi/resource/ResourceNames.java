package dev.sluice.kubeapi.resource;

import java.util.List;

/** The names of a resource in URLs, in objects and on the command line. */
public record ResourceNames(
        String plural,
        String singular,
        String kind,
        String listKind,
        List<String> shortNames,
        List<String> categories) {

    public ResourceNames {
        shortNames = List.copyOf(shortNames);
        categories = List.copyOf(categories);
    }
}
