package dev.sluice.kubeapi.patch;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A path from the root of an object to a field. */
record FieldPath(List<PathElement> elements) {

    static final FieldPath ROOT = new FieldPath(List.of());

    FieldPath {
        elements = List.copyOf(elements);
    }

    static FieldPath of(String... names) {
        List<PathElement> elements = new ArrayList<>();
        for (String name : names) {
            elements.add(PathElement.field(name));
        }
        return new FieldPath(elements);
    }

    FieldPath child(PathElement element) {
        List<PathElement> longer = new ArrayList<>(elements);
        longer.add(element);
        return new FieldPath(longer);
    }

    /** Returns the path as in messages: {@code .spec.ports[name="http"].port}. */
    @Override
    public String toString() {
        return elements.stream().map(PathElement::display).collect(Collectors.joining());
    }
}
